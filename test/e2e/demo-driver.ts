import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export const root = join(__dirname, '../..');

/** A demo at work. */
export interface Demo {
	readonly lines: () => string[];
	/** Resolves with the exit code once the process has ended. */
	readonly ended: Promise<number | null>;
	/** Resolves as soon as the output holds the text. */
	seen(text: string): Promise<void>;
	interrupt(): void;
	/** For the end of a test that failed. */
	kill(): void;
}

/** Runs a demo's program, which an npm script builds and starts. */
export function startDemo(program: 'demo' | 'demo-n8n', ...args: string[]): Demo {
	const child = spawn(process.execPath, [join(root, `build/tools/${program}.cjs`), ...args], { cwd: root });
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (data: Buffer) => (output += data.toString()));
	return {
		lines: () => output.split('\n').filter((line) => line.trim() !== ''),
		ended: once(child, 'exit').then(([code]) => code as number | null),
		seen: async (text) => {
			const ended = once(child, 'exit').then(() => Promise.reject(new Error(`it ended:\n${output}`)));
			while (!output.includes(text)) await Promise.race([once(child.stdout, 'data'), ended]);
		},
		interrupt: () => void child.kill('SIGINT'),
		kill: () => void child.kill('SIGKILL'),
	};
}

/** Whether something answers at an address. */
export const answers = async (url: string): Promise<boolean> =>
	await fetch(url).then(
		() => true,
		() => false,
	);

/** Temporary folders whose names begin like this. */
export const foldersLike = async (start: string): Promise<string[]> =>
	(await readdir(tmpdir())).filter((name) => name.startsWith(start)).sort();

/** Looks every tenth of a second; jest's own limit ends it. */
export async function until(isMet: () => Promise<boolean>): Promise<void> {
	while (!(await isMet())) await wait(100);
}
