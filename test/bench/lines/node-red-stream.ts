import { credentialNode, node } from '../../node-red/harness/flow';
import { paired, type Line } from '../figure';
import { RedBench } from '../hosts/node-red';
import { startStandIn } from '../stand-in';
import { FRAME_THREAD } from '../stand-in/frames';

const FRAMES = 50_000;

/** What comes over a socket, in Node-RED. */
export const nodeRedStream: Line = {
	name: 'node-red-stream',
	run: async ({ rounds, quick }) => {
		const frames = quick ? FRAMES / 5 : FRAMES;
		const standIn = await startStandIn();
		const bench = await RedBench.start();
		const wsUrl = standIn.url.replace('http', 'ws');
		let from = 0;
		try {
			const isSwitch = {
				property: 'payload.type',
				propertyType: 'msg',
				rules: [{ t: 'eq', v: 'message.received', vt: 'str' }],
				checkall: 'true',
				outputs: 1,
			};
			const flows = {
				theirs: [
					{ id: 'client', type: 'websocket-client', path: `${wsUrl}/frames`, wholemsg: 'false' },
					node('in', 'websocket in', { client: 'client' }, 'json'),
					node('json', 'json', { property: 'payload', action: 'obj' }, 'switch'),
					node('switch', 'switch', isSwitch, 'count'),
				],
				ours: [
					node(
						'stream',
						'flowai-stream',
						{ threadId: FRAME_THREAD, events: 'message', flowAiSocketApi: 'api' },
						'count',
					),
					credentialNode('api', {
						type: 'flowai-socket',
						config: { baseUrl: standIn.url },
						credentials: { clientId: 'bench' },
					}),
				],
			};
			const round = async (side: 'ours' | 'theirs'): Promise<number> => {
				const node = side === 'ours' ? 'stream' : 'in';
				const to = side === 'ours' ? 'socket' : 'frames';
				const before = bench.red.statuses(node).length;
				await bench.deploy(...flows[side]);
				await bench.red.awaitStatusLike(node, /(^|\.)connected/, before);
				await standIn.listened(to);
				// The first one comes out when the history was read: from then on frames pass.
				await bench.measure(async () => await standIn.sendFrames(to, from, 1), 1);
				const first = from + 1;
				from += frames + 1;
				let atMs = 0;
				const { endedMs } = await bench.measure(async () => {
					atMs = await standIn.sendFrames(to, first, frames);
				}, frames);
				return frames / ((endedMs - atMs) / 1_000);
			};
			const result = await paired(
				rounds,
				async () => await round('ours'),
				async () => await round('theirs'),
			);
			return [
				{
					work: `Node-RED: stream trigger, ${frames} frames, parsed, filtered, repeats dropped`,
					ours: result.ours,
					theirs: result.theirs,
					unit: 'a second',
					ratio: result.oursByTheirs,
					target: '≥ 1.5 times as many',
					met: result.oursByTheirs >= 1.5,
					against: 'websocket in, json, switch',
					rounds,
				},
			];
		} finally {
			await bench.stop();
			standIn.stop();
		}
	},
};
