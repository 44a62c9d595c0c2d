import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export const root = join(__dirname, '../..');

/** Time that a demo gets to end, in ms. */
const END_MS = 20_000;

/** A demo at work. */
export interface Demo {
	readonly lines: () => string[];
	/** Resolves with the exit code once the process has ended. */
	readonly ended: Promise<number | null>;
	/** Resolves as soon as the output holds the text. */
	seen(text: string): Promise<void>;
	interrupt(): void;
	/** For the end of a test that failed: in order, so that what it started ends as well; by force where that takes long. */
	end(): Promise<void>;
}

/** Name of a demo's program, which an npm script builds and starts. */
type Program = 'demo' | 'demo-n8n';

const pathOf = (program: Program): string => join(root, `build/tools/${program}.cjs`);

/** What can be seen of a child process, and how it is ended. */
function watched(child: ChildProcess, interrupt: () => void): Demo {
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.on('data', (data: Buffer) => (output += data.toString()));
	return {
		lines: () => output.split(/[\r\n]+/).filter((line) => line.trim() !== ''),
		ended: once(child, 'exit').then(([code]) => code as number | null),
		seen: async (text) => {
			const ended = once(child, 'exit').then(() => Promise.reject(new Error(`it ended:\n${output}`)));
			while (!output.includes(text))
				await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended]);
		},
		interrupt,
		end: async () => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const exit = once(child, 'exit');
			child.kill('SIGTERM');
			const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
			await exit;
			clearTimeout(timer);
		},
	};
}

/** Runs a demo's program, whose temporary folders are made in a folder of ours. */
export function startDemo(temp: Temp, program: Program, ...args: string[]): Demo {
	const env = { ...process.env, TMPDIR: temp.folder };
	const child = spawn(process.execPath, [pathOf(program), ...args], { cwd: root, env });
	return watched(child, () => void child.kill('SIGINT'));
}

/** Runs a demo's program in a terminal of its own, in which Ctrl-C is a key. */
export function startDemoInTerminal(env: NodeJS.ProcessEnv, program: Program, ...args: string[]): Demo {
	const parts = [process.execPath, pathOf(program), ...args].map((part) => `'${part}'`);
	// A shell that waited would get Ctrl-C too, and dash then exits with 130 whatever its child said.
	const command = `exec ${parts.join(' ')}`;
	const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
		cwd: root,
		env,
	});
	return watched(child, () => void child.stdin.write('\x03'));
}

/** The addresses that a demo has printed. */
export const addresses = (demo: Demo): string[] =>
	demo
		.lines()
		.join(' ')
		.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];

/** Whether something answers at an address. */
export const answers = async (url: string): Promise<boolean> =>
	await fetch(url).then(
		() => true,
		() => false,
	);

/** Where demos keep what they need while they run, so that other runs on this machine are not taken for theirs. */
export interface Temp {
	readonly folder: string;
	/** What of ours is there. */
	left(): Promise<string[]>;
	remove(): Promise<void>;
}

/** Makes a folder for what demos keep while they run. */
export async function temp(): Promise<Temp> {
	const folder = await mkdtemp(join(tmpdir(), 'convoflow-demos-'));
	return {
		folder,
		left: async () => (await readdir(folder)).filter((name) => name.startsWith('convoflow-')),
		remove: async () => await rm(folder, { recursive: true, force: true }),
	};
}

/** Looks every tenth of a second; jest's own limit ends it. */
export async function until(isMet: () => Promise<boolean>): Promise<void> {
	while (!(await isMet())) await wait(100);
}
