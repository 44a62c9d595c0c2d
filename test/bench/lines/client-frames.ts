import path from 'node:path';
import { spawnScript } from '../../sandbox/bench/spawn';
import { paired, type Line } from '../figure';
import { startStandIn } from '../stand-in';
import type { FrameRate } from '../load/client-frames';

const FRAMES = 200_000;
const LEAST = 150_000;

/** What reading frames costs over the bare socket. */
export const clientFrames: Line = {
	name: 'client-frames',
	run: async ({ rounds, quick }) => {
		const frames = quick ? FRAMES / 4 : FRAMES;
		const standIn = await startStandIn();
		try {
			const rate = async (side: 'ours' | 'theirs'): Promise<number> => {
				const script = path.join(__dirname, '../load/client-frames.ts');
				const { said } = await spawnScript<FrameRate>(script, side, standIn.url, String(frames));
				return said.perSecond;
			};
			const result = await paired(
				rounds,
				async () => await rate('ours'),
				async () => await rate('theirs'),
			);
			return [
				{
					work: `client: ${frames.toLocaleString('en')} frames read, repeats dropped`,
					ours: result.ours,
					theirs: result.theirs,
					unit: 'a second',
					ratio: result.oursByTheirs,
					target: `≥ 0.6 of theirs and ≥ ${LEAST.toLocaleString('en')} a second`,
					met: result.oursByTheirs >= 0.6 && result.ours >= LEAST,
					against: 'ws and JSON.parse, nothing dropped',
					rounds,
				},
			];
		} finally {
			standIn.stop();
		}
	},
};
