import { credentialNode, injectNode, node } from '../../node-red/harness/flow';
import type { Figure, Line } from '../figure';
import { RedBench } from '../hosts/node-red';
import { startStandIn } from '../stand-in';

const ROWS = 1_000_000;
const FEW = 10_000;
const MOST_MB = 64;

/** What a user would have instead: the whole list in one array, split. */
const ARRAY = `return { payload: Array.from({ length: msg.rows }, (_, n) => ({ id: n, text: 'The bike of visitor ' + n + ' is ready on Monday, between nine and five.' })) };`;

/** Memory of a long list that is handed on in parts. */
export const nodeRedParts: Line = {
	name: 'node-red-parts',
	run: async ({ quick, log }) => {
		const rows = quick ? ROWS / 10 : ROWS;
		const standIn = await startStandIn();
		try {
			/** Growth of the peak from a short list to a long one, each process new, in MB. */
			const growth = async (sendAs: 'row' | 'page' | 'array', busyMs: number): Promise<number> => {
				const bench = await RedBench.start();
				try {
					const account = (id: string, length: number) =>
						credentialNode(id, {
							type: 'flowxo-api',
							config: { baseUrl: `${standIn.base(0, length)}/api` },
							credentials: { apiKey: 'bench' },
						});
					const list = (id: string, api: string) =>
						node(
							id,
							'flowxo-conversation',
							{ operation: 'conversation.getMany', returnAll: true, sendAs, flowXoApi: api },
							'count',
						);
					await bench.deploy(
						injectNode('few', sendAs === 'array' ? 'array' : 'list-few'),
						injectNode('many', sendAs === 'array' ? 'array' : 'list-many'),
						list('list-few', 'api-few'),
						list('list-many', 'api-many'),
						account('api-few', FEW),
						account('api-many', rows),
						node('array', 'function', { func: ARRAY, outputs: 1 }, 'split'),
						node(
							'split',
							'split',
							{ splt: '\\n', spltType: 'str', arraySplt: '1', arraySpltType: 'len' },
							'count',
						),
					);
					const run = async (which: 'few' | 'many', wanted: number): Promise<void> => {
						await bench.measure(
							async () => await bench.red.inject(which, { rows: wanted }),
							wanted,
							{ busyMs, rows: sendAs === 'page' },
							600_000,
						);
					};
					await run('few', FEW);
					const before = bench.peakMb();
					await run('many', rows);
					return bench.peakMb() - before;
				} finally {
					await bench.stop();
				}
			};
			const theirs = await growth('array', 0);
			const figures: Figure[] = [];
			for (const [sendAs, busyMs, what] of [
				['row', 0, 'a message a row, taken at once'],
				['page', 0, 'a message a page, taken at once'],
				['page', 1, 'a message a page, each keeping the flow busy for 1 ms'],
			] as const) {
				log(what);
				const ours = await growth(sendAs, busyMs);
				figures.push({
					work: `Node-RED: ${rows.toLocaleString('en')} rows paged through as parts, ${what}`,
					ours,
					theirs,
					unit: 'MB more',
					ratio: ours / theirs,
					target: `< ${MOST_MB} MB`,
					met: ours < MOST_MB,
					against: 'split of one big array',
					rounds: 1,
				});
			}
			return figures;
		} finally {
			standIn.stop();
		}
	},
};
