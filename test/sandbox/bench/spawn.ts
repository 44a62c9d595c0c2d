import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

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
	stop(): void;
}

export async function spawnSandbox(...options: string[]): Promise<SpawnedSandbox> {
	const register = path.join(__dirname, '../register.cjs');
	const cli = path.join(__dirname, '../../../packages/sandbox/src/cli.ts');
	const child = spawn(process.execPath, ['-r', register, cli, '--port', '0', '--json', ...options], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
	const started = JSON.parse(line) as Pick<SpawnedSandbox, 'url' | 'keys' | 'baseUrls'>;
	return {
		...started,
		memory: async () => {
			const response = await fetch(`${started.url}/sandbox/api/status`);
			return ((await response.json()) as { memory: number }).memory;
		},
		stop: () => void child.kill('SIGTERM'),
	};
}
