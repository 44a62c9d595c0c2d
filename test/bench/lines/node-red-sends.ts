import { credentialNode, injectNode, node } from '../../node-red/harness/flow';
import { paired, type Figure, type Line } from '../figure';
import { RedBench } from '../hosts/node-red';
import { startStandIn } from '../stand-in';

const SENDS = 2_000;
const DELAY_MS = 20;
/** What 50 threads of 40 sends take, one after the other in each. */
const FLOOR_S = (SENDS / 50) * (DELAY_MS / 1_000);
const MOST_CONNECTIONS = 128;

/** Makes all messages at once: the text is the number within the thread. */
const makeOurs = `const threads = msg.threads;
for (let n = 0; n < ${SENDS}; n += 1)
	node.send({ threadId: 't-' + (n % threads), payload: String(Math.floor(n / threads)) });
return null;`;

const makeTheirs = (baseUrl: string): string => `const threads = msg.threads;
for (let n = 0; n < ${SENDS}; n += 1)
	node.send({
		url: '${baseUrl}/rest/v1/messages/t-' + (n % threads),
		headers: { authorization: 'Bearer bench' },
		payload: { payload: { type: 'text', speech: String(Math.floor(n / threads)), originator: { name: 'Workflow', role: 'external' } } },
	});
return null;`;

/** Sending many messages in Node-RED. */
export const nodeRedSends: Line = {
	name: 'node-red-sends',
	run: async ({ rounds }) => {
		const standIn = await startStandIn();
		const baseUrl = standIn.base(DELAY_MS);
		const bench = await RedBench.start();
		try {
			await bench.deploy(
				injectNode('ours', 'make-ours'),
				node('make-ours', 'function', { func: makeOurs, outputs: 1 }, 'send'),
				node('send', 'flowai-message', { operation: 'message.sendText', flowAiApi: 'api' }, 'count'),
				credentialNode('api', {
					type: 'flowai-api',
					config: { baseUrl },
					credentials: { apiKey: 'bench' },
				}),
				injectNode('theirs', 'make-theirs'),
				node('make-theirs', 'function', { func: makeTheirs(baseUrl), outputs: 1 }, 'request'),
				node('request', 'http request', { method: 'POST', ret: 'obj', paytoqs: 'ignore' }, 'count'),
			);
			const figures: Figure[] = [];
			for (const threads of [50, 200, 2_000]) {
				const disorder = { ours: 0, theirs: 0 };
				const most = { ours: 0, theirs: 0 };
				const round = async (side: 'ours' | 'theirs'): Promise<number> => {
					const arrived = standIn.arrived(SENDS);
					await standIn.counts();
					const ended = await bench.measure(async () => await bench.red.inject(side, { threads }), SENDS);
					disorder[side] += (await arrived).outOfOrder;
					most[side] = Math.max(most[side], (await standIn.counts()).mostUnderWay);
					return (ended.endedMs - ended.startedMs) / 1_000;
				};
				const result = await paired(
					rounds,
					async () => await round('ours'),
					async () => await round('theirs'),
				);
				const isFloor = threads === 50;
				const ratio = isFloor ? result.ours / FLOOR_S : result.theirsByOurs;
				const inBounds = disorder.ours === 0 && most.ours <= MOST_CONNECTIONS;
				figures.push({
					work: `Node-RED: ${SENDS} Flow.ai sends over ${threads} threads, ${DELAY_MS} ms, in order`,
					ours: result.ours,
					theirs: isFloor ? FLOOR_S : result.theirs,
					unit: 's',
					ratio,
					target: isFloor
						? '≤ 1.12 times the floor'
						: `≥ 3 times as fast, at most ${MOST_CONNECTIONS} connections`,
					met: (isFloor ? ratio <= 1.12 : ratio >= 3) && inBounds,
					against: isFloor
						? 'the floor: 40 answers one after the other in each thread'
						: 'http request, without an order',
					rounds,
					note: `out of order: ours ${disorder.ours}, theirs ${disorder.theirs}; at once: ours ${most.ours}, theirs ${most.theirs}; http request took ${result.theirs.toFixed(2)} s`,
				});
			}
			return figures;
		} finally {
			await bench.stop();
			standIn.stop();
		}
	},
};
