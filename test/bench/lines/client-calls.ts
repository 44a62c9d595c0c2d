import path from 'node:path';
import { spawnScript } from '../../sandbox/bench/spawn';
import { paired, type Figure, type Line } from '../figure';
import { startStandIn } from '../stand-in';
import type { CpuTime } from '../load/client-cpu';

/** What the client costs over the bare connection, in processor time. */
export const clientCalls: Line = {
	name: 'client-calls',
	run: async ({ rounds, quick }) => {
		const standIn = await startStandIn();
		try {
			const figures: Figure[] = [];
			for (const [what, least, count] of [
				['pages', 0.85, quick ? 500 : 2_000],
				['sends', 0.8, quick ? 3_000 : 12_000],
			] as const) {
				const cpu = async (side: 'ours' | 'theirs'): Promise<number> => {
					const base = what === 'pages' ? standIn.base(0, count * 99 + 1) : standIn.base(0);
					const script = path.join(__dirname, '../load/client-cpu.ts');
					const { said } = await spawnScript<CpuTime>(script, side, what, base, String(count));
					return said.microsecondsACall;
				};
				const result = await paired(
					rounds,
					async () => await cpu('ours'),
					async () => await cpu('theirs'),
				);
				figures.push({
					work: `client: processor time of a call, ${what}`,
					ours: result.ours,
					theirs: result.theirs,
					unit: 'µs a call',
					ratio: result.theirsByOurs,
					target: `≥ ${least} of the bare connection's calls a second of processor time`,
					met: result.theirsByOurs >= least,
					against: 'undici with the same JSON parse and status check',
					rounds,
				});
			}
			return figures;
		} finally {
			standIn.stop();
		}
	},
};
