import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { credentialNode, node } from '../../node-red/harness/flow';
import type { FlowNode } from '../../node-red/harness';
import { spawnScript } from '../../sandbox/bench/spawn';
import type { Line } from '../figure';
import { CLOCK, RedBench } from '../hosts/node-red';
import type { HttpLoad } from '../load/http-load';
import type { RateLoad } from '../load/rate-load';
import { startStandIn, type Listener, type StandIn } from '../stand-in';
import { FRAME_THREAD } from '../stand-in/frames';
import { compareLatency, differences, type EventSide } from './latency';

const BURST = 5_000;
const EVENTS = 2_000;

/** Keeps number and time of each event, and hands all on once they are together. */
const STAMP = `const at = hooks.performance.timeOrigin + hooks.performance.now();
const text = msg.payload.text ?? JSON.stringify(msg.payload.messages ?? msg.payload.payload.messages);
const stamps = context.get('stamps') || [];
context.set('stamps', stamps);
stamps.push([Number(/\\d+/.exec(text)[0]), at]);
node.send([msg, null]);
const run = flow.get('run');
if (stamps.length < run.wanted) return null;
context.set('stamps', []);
return [null, { payload: JSON.stringify(stamps) }];`;

const script = (name: string): string => path.join(__dirname, '../load', name);

/** Flows whose first node keeps number and time of each event. */
class Stamped {
	readonly file: string;
	#from = 0;

	constructor(readonly bench: RedBench) {
		this.file = path.join(bench.red.userDir, 'stamps.json');
	}

	async deploy(...nodes: FlowNode[]): Promise<void> {
		await this.bench.deploy(
			{ ...node('stamp', 'function', { func: STAMP, outputs: 2, libs: CLOCK }), wires: [[], ['file']] },
			node('file', 'file', { filename: this.file, filenameType: 'str', overwriteFile: 'true' }, 'count'),
			...nodes,
		);
	}

	/** Numbers that were not used yet. */
	take(count: number): number {
		this.#from += count;
		return this.#from - count;
	}

	/** Runs `begin` and waits for all stamps. */
	async stamps(count: number, begin: () => Promise<unknown>): Promise<Map<number, number>> {
		await rm(this.file, { force: true });
		await this.bench.measure(begin, count, { stampsOnly: true });
		return new Map(JSON.parse(await readFile(this.file, 'utf8')) as [number, number][]);
	}
}

function webhookSide(stamped: Stamped, address: string): EventSide {
	const url = stamped.bench.red.nodeUrl + address;
	return {
		capacity: async (count) => {
			let startedMs = 0;
			const seen = await stamped.stamps(count, async () => {
				const options = [url, 50, stamped.take(count), count, ''];
				({ startedMs } = (await spawnScript<HttpLoad>(script('http-load.ts'), ...options.map(String))).said);
			});
			return (count / (Math.max(...seen.values()) - startedMs)) * 1_000;
		},
		latencies: async (count, perSecond) => {
			const from = stamped.take(count);
			let sent: readonly number[] = [];
			const seen = await stamped.stamps(count, async () => {
				const options = [url, perSecond, from, count];
				const { said } = await spawnScript<RateLoad>(script('rate-load.ts'), ...options.map(String));
				if (said.wrong > 0) throw new Error(`${said.wrong} events were not answered with 200`);
				sent = said.sentMs;
			});
			return differences(sent, from, seen);
		},
	};
}

function streamSide(
	stamped: Stamped,
	standIn: StandIn,
	to: Listener,
	connect: (to: Listener) => Promise<void>,
): EventSide {
	return {
		capacity: async (count) => {
			await connect(to);
			const from = stamped.take(count);
			let atMs = 0;
			const seen = await stamped.stamps(count, async () => {
				atMs = await standIn.sendFrames(to, from, count);
			});
			return count / ((Math.max(...seen.values()) - atMs) / 1_000);
		},
		latencies: async (count, perSecond) => {
			await connect(to);
			const from = stamped.take(count);
			let sent: readonly number[] = [];
			const seen = await stamped.stamps(count, async () => {
				sent = await standIn.sendSteadily(to, from, count, perSecond);
			});
			return differences(sent, from, seen);
		},
	};
}

/** From an event on the wire to the flow, in Node-RED. */
export const nodeRedLatency: Line = {
	name: 'node-red-latency',
	run: async (options) => {
		const standIn = await startStandIn();
		const bench = await RedBench.start();
		const stamped = new Stamped(bench);
		const sizes = { burst: BURST, events: options.quick ? EVENTS / 2 : EVENTS };
		try {
			await stamped.deploy(
				node('in', 'http in', { url: '/theirs', method: 'post' }, 'out', 'stamp'),
				node('out', 'http response', { statusCode: '200' }),
				node('hook', 'flowai-webhook', { path: 'ours', events: 'message', verification: 'none' }, 'stamp'),
			);
			const webhook = await compareLatency(
				{
					work: 'Node-RED: from an event to the flow by webhook, 99 %',
					against: 'http in, http response',
					ours: webhookSide(stamped, '/flowai/webhook/ours'),
					theirs: webhookSide(stamped, '/theirs'),
					...sizes,
				},
				options,
			);
			const connect =
				(...nodes: FlowNode[]) =>
				async (to: Listener) => {
					const before = bench.red.statuses('in').length;
					await stamped.deploy(...nodes);
					await bench.red.awaitStatusLike('in', /(^|\.)connected/, before);
					await standIn.listened(to);
					// The first one comes out when the history was read: from then on frames pass.
					const first = stamped.take(1);
					await stamped.stamps(1, async () => await standIn.sendFrames(to, first, 1));
				};
			const stream = await compareLatency(
				{
					work: 'Node-RED: from an event to the flow by socket, 99 %',
					against: 'websocket in, json',
					ours: streamSide(
						stamped,
						standIn,
						'socket',
						connect(
							node(
								'in',
								'flowai-stream',
								{ threadId: FRAME_THREAD, events: 'message', flowAiSocketApi: 'api' },
								'stamp',
							),
							credentialNode('api', {
								type: 'flowai-socket',
								config: { baseUrl: standIn.url },
								credentials: { clientId: 'bench' },
							}),
						),
					),
					theirs: streamSide(
						stamped,
						standIn,
						'frames',
						connect(
							{
								id: 'client',
								type: 'websocket-client',
								path: `${standIn.url.replace('http', 'ws')}/frames`,
								wholemsg: 'false',
							},
							node('in', 'websocket in', { client: 'client' }, 'json'),
							node('json', 'json', { property: 'payload', action: 'obj' }, 'stamp'),
						),
					),
					...sizes,
				},
				options,
			);
			return [webhook, stream];
		} finally {
			await bench.stop();
			standIn.stop();
		}
	},
};
