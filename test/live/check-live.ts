/**
 * Compares real answers of Flow.ai, Flow XO and Chatlayer with the references, with one's own keys from the
 * environment: `npm run check:live`. It only reads unless `--write` is given, and writes a report without any value
 * of the account, which can be attached to an issue.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chatlayerChecks } from './checks/chatlayer';
import { socketChecks } from './checks/flow-ai-socket';
import { flowAiChecks } from './checks/flow-ai';
import { flowXoChecks } from './checks/flow-xo';
import type { Check, Env, Finding } from './probe';

const CHECKS: Check[] = [...flowAiChecks, ...socketChecks, ...flowXoChecks, ...chatlayerChecks];

export interface Result extends Finding {
	id: string;
	source: string;
	says: string;
}

/** Runs all checks whose variables are set, one after the other. */
export async function checkLive(env: Env, options: { write?: boolean } = {}): Promise<Result[]> {
	const results: Result[] = [];
	for (const { id, source, says, needs, writes, run } of CHECKS) {
		const missing = needs.filter((name) => (env[name] ?? '') === '');
		let finding: Finding;
		if (missing.length > 0) {
			finding = { verdict: 'skipped', found: [`not set: ${missing.join(', ')}`] };
		} else if (writes === true && options.write !== true) {
			finding = { verdict: 'skipped', found: ['writes into the account; run with --write to allow it'] };
		} else {
			finding = await run(env).catch((error: unknown): Finding => {
				return {
					verdict: 'different',
					found: [error instanceof Error ? `${error.name}: ${error.message}` : 'failed'],
				};
			});
		}
		results.push({ id, source, says, ...finding, found: finding.found.map((line) => redact(line, env)) });
	}
	return results;
}

/** The report as Markdown. */
export function report(results: Result[], now = new Date()): string {
	const count = (verdict: string): number => results.filter((result) => result.verdict === verdict).length;
	const verdicts = ['as documented', 'different', 'answered', 'skipped'];
	const sections = results.map(
		({ id, source, says, verdict, found }) =>
			`## ${id}: ${verdict}\n\n${source}. ${says}\n\n${found.map((line) => `- ${line}`).join('\n')}\n`,
	);
	const summary = verdicts.map((verdict) => `${count(verdict)} ${verdict}`).join(', ');
	return `# Live services compared with the references\n\n${now.toISOString().slice(0, 10)}: ${summary}.\n\nThis report holds statuses, names and kinds of fields and counts, no values of the account.\n\n${sections.join('\n')}`;
}

/** Takes every value of the environment out of a line, should a service have repeated one. */
function redact(line: string, env: Env): string {
	const values = Object.values(env).filter((value) => value.length >= 4);
	const forms = values.flatMap((value) => [
		value,
		encodeURIComponent(value),
		Buffer.from(value).toString('base64'),
	]);
	return forms.reduce((text, value) => text.split(value).join('[redacted]'), line);
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { write: { type: 'boolean' }, out: { type: 'string' } } });
	const env = Object.fromEntries(
		Object.entries(process.env).filter(
			([name, value]) => name.startsWith('CONVOFLOW_') && value !== undefined,
		),
	) as Env;
	const results = await checkLive(env, { write: values.write === true });
	const file = values.out ?? 'live-report.md';
	writeFileSync(file, report(results));
	for (const { id, verdict, found } of results)
		console.log(`${verdict.padEnd(14)} ${id}${verdict === 'different' ? `: ${found.join('; ')}` : ''}`);
	console.log(`\nThe report is in ${file}.`);
	if (results.every((result) => result.verdict === 'skipped'))
		console.log('Nothing was checked: set the CONVOFLOW_ variables named in it.');
	if (results.some((result) => result.verdict === 'different')) process.exitCode = 1;
}

if (require.main === module) void main();
