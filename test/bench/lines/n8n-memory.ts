import { N8nBench, start } from '../hosts/n8n';
import { paired, type Line } from '../figure';
import { startStandIn } from '../stand-in';
import { getAll, requestAndSplit } from './n8n-lists';

const ROWS = 100_000;

/** Memory of reading a long list in n8n, each round in a process of its own. */
export const n8nMemory: Line = {
	name: 'n8n-memory',
	run: async ({ rounds, quick }) => {
		const rows = quick ? ROWS / 5 : ROWS;
		const standIn = await startStandIn();
		const baseUrl = `${standIn.base(0, rows)}/api`;
		const measure = async (isOurs: boolean): Promise<number> => {
			const n8n = await N8nBench.start({ flowAi: standIn.url, flowXo: baseUrl });
			try {
				const id = await n8n.create('list', start, ...(isOurs ? getAll() : requestAndSplit(baseUrl)));
				await n8n.forgetPeak();
				await n8n.end(id);
				return await n8n.peakMb();
			} finally {
				await n8n.stop();
			}
		};
		try {
			const result = await paired(
				rounds,
				async () => await measure(true),
				async () => await measure(false),
			);
			return [
				{
					work: `n8n: peak memory of Return All of ${rows} Flow XO conversations`,
					ours: result.ours,
					theirs: result.theirs,
					unit: 'MB',
					ratio: result.oursByTheirs,
					target: '≤ 0.9 of theirs',
					met: result.oursByTheirs <= 0.9,
					against: 'HTTP Request with its pagination, then Split Out',
					rounds,
				},
			];
		} finally {
			standIn.stop();
		}
	},
};
