import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LiveTraffic } from '../polls/live-traffic';
import { credentialsFor } from '../n8n/services';
import { spawnScript, type Spawned } from '../sandbox/bench/spawn';
import { STREAM_PARAMETERS, type N8nLifeHost } from './n8n';
import type { CoreNeeds } from './n8n-core-host';

/** Our triggers in contexts of n8n-core, in a process of their own; what ran is read from its files. */
export async function startCoreLife(
	{ sandbox }: LiveTraffic,
	env: Readonly<Record<string, string>>,
): Promise<N8nLifeHost> {
	const folder = await mkdtemp(path.join(tmpdir(), 'convoflow-n8n-core-'));
	const needs: CoreNeeds = {
		credentials: {
			...credentialsFor(sandbox, 'flowXoApi'),
			...credentialsFor(sandbox, 'flowAiSocketApi'),
		},
		streamParameters: STREAM_PARAMETERS,
	};
	Object.assign(process.env, env);
	const start = async (port: number): Promise<Spawned<{ port: number }>> =>
		await spawnScript(path.join(__dirname, 'n8n-core-host.ts'), folder, String(port), JSON.stringify(needs));
	let running = await start(0);
	const { port } = running.said;
	const url = `http://127.0.0.1:${port}`;
	const linesOf = (name: string): string[] => {
		const file = path.join(folder, `${name}.txt`);
		return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
	};
	const endNow = async (): Promise<void> => {
		const { exitCode, signalCode } = running.child;
		if (signalCode === 'SIGKILL') return;
		// A trigger that ends its host is what this looks for.
		if (exitCode !== null || signalCode !== null)
			throw new Error(`The host has ended by itself (${exitCode ?? signalCode})`);
		const ended = once(running.child, 'exit');
		running.child.kill('SIGKILL');
		await ended;
	};
	return {
		webhookUrl: `${url}/event`,
		runs: () => {
			const counts = new Map<number, number>();
			for (const line of linesOf('events')) {
				const number = Number(/"act-(\d+)"/.exec(line)?.[1]);
				counts.set(number, (counts.get(number) ?? 0) + 1);
			}
			return counts;
		},
		texts: linesOf,
		kill: async () => {
			await endNow();
			running = await start(port);
		},
		deploy: async () => {
			const response = await fetch(`${url}/deploy`, { method: 'POST', headers: { connection: 'close' } });
			if (!response.ok) throw new Error(`The triggers were not replaced: ${await response.text()}`);
		},
		end: endNow,
		close: async () => {
			await endNow();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
