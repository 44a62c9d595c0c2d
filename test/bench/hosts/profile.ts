import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

interface ProfileNode {
	readonly id: number;
	readonly callFrame: { readonly functionName: string; readonly url: string };
	readonly children?: readonly number[];
}
interface Profile {
	readonly nodes: readonly ProfileNode[];
	readonly samples: readonly number[];
	readonly timeDeltas: readonly number[];
}

/** Whose code the processor was busy with, as parts of 1; the time when it was idle is left out. */
export type Shares = Readonly<Record<string, number>>;

/** Settings of a host that can be profiled. */
export function profilingEnv(file: string): Record<string, string> {
	return {
		NODE_OPTIONS: `--require=${path.join(__dirname, 'profile-probe.cjs')}`,
		BENCH_PROFILE: file,
	};
}

/**
 * Profiles a process that was started with `profilingEnv` while it works.
 * @returns nothing where the process wrote no profile
 * @param owners whose code it is, by the addresses of its files; what belongs to nobody counts for its caller
 */
export async function sharesDuring(
	pid: number,
	file: string,
	owners: Readonly<Record<string, RegExp>>,
	work: () => Promise<void>,
): Promise<Shares> {
	process.kill(pid, 'SIGUSR2');
	await work();
	process.kill(pid, 'SIGUSR2');
	for (let tries = 0; !existsSync(file) && tries < 300; tries += 1) await wait(100);
	if (!existsSync(file)) return {};
	return sharesOf(JSON.parse(await readFile(file, 'utf8')) as Profile, owners);
}

function sharesOf(profile: Profile, owners: Readonly<Record<string, RegExp>>): Shares {
	const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
	const owned = new Map<number, string>();
	const visit = (node: ProfileNode, caller: string): void => {
		const { functionName, url } = node.callFrame;
		const owner = Object.entries(owners).find(([, files]) => files.test(url))?.[0] ?? caller;
		owned.set(node.id, functionName === '(idle)' ? 'idle' : owner);
		for (const id of node.children ?? []) {
			const child = nodes.get(id);
			if (child) visit(child, owner);
		}
	};
	const [root] = profile.nodes;
	if (root) visit(root, 'the rest');
	const times = new Map<string, number>();
	for (const [index, id] of profile.samples.entries()) {
		const owner = owned.get(id) ?? 'the rest';
		times.set(owner, (times.get(owner) ?? 0) + (profile.timeDeltas[index] ?? 0));
	}
	times.delete('idle');
	const all = [...times.values()].reduce((sum, time) => sum + time, 0);
	return Object.fromEntries([...times].map(([owner, time]) => [owner, time / all]));
}
