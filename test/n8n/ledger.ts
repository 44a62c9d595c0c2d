import { appendFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = join(resolve(__dirname, '../..'), 'build', 'ledger');
const noted = new Set<string>();

/**
 * Writes down that an operation or a trigger put something out in n8n's engine; `npm test` begins anew.
 * @param name `flowAi message sendText`, `flowAiTrigger`
 */
export function noteWorked(name: string): void {
	if (noted.has(name)) return;
	noted.add(name);
	mkdirSync(FOLDER, { recursive: true });
	appendFileSync(join(FOLDER, 'engine.txt'), `${name}\n`);
}
