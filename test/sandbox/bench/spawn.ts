import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const REGISTER = path.join(__dirname, '../register.cjs');
const CLI = path.join(__dirname, '../../../packages/sandbox/src/cli.ts');

/** A TypeScript program in a process of its own, and the line of JSON it begins with. */
export interface Spawned<T> {
	readonly said: T;
	readonly child: ChildProcess;
	readonly stop: () => void;
}

/**
 * Starts a program of this folder and waits for its first line.
 * @throws Error when it ends before it has written one
 */
export async function spawnScript<T>(file: string, ...options: string[]): Promise<Spawned<T>> {
	const child = spawn(process.execPath, ['-r', REGISTER, path.resolve(__dirname, file), ...options], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const lines = createInterface({ input: child.stdout });
	const line = await Promise.race([
		once(lines, 'line').then(([text]) => String(text)),
		once(child, 'exit').then(([code]) => {
			throw new Error(`${file} ended with ${String(code)}`);
		}),
	]);
	return { said: JSON.parse(line) as T, child, stop: () => void child.kill('SIGTERM') };
}

/** A sandbox in a process of its own, so that its memory can be told from that of the measuring side. */
export interface SpawnedSandbox {
	url: string;
	keys: Record<
		| 'flowAiRest'
		| 'flowAiManagement'
		| 'flowAiClientId'
		| 'flowXo'
		| 'chatlayerTokenId'
		| 'chatlayerTokenSecret'
		| 'chatlayerCore',
		string
	>;
	baseUrls: Record<'flowAi' | 'flowAiSocket' | 'flowXo' | 'chatlayer' | 'chatlayerCore', string>;
	/** Bytes the process holds. */
	memory(): Promise<number>;
	readonly pid: number;
	readonly stop: () => void;
}

export async function spawnSandbox(...options: string[]): Promise<SpawnedSandbox> {
	const { said, child, stop } = await spawnScript<Pick<SpawnedSandbox, 'url' | 'keys' | 'baseUrls'>>(
		CLI,
		...['--port', '0', '--json'],
		...options,
	);
	return {
		...said,
		memory: async () => {
			const response = await fetch(`${said.url}/sandbox/api/status`);
			return ((await response.json()) as { memory: number }).memory;
		},
		pid: child.pid ?? 0,
		stop,
	};
}
