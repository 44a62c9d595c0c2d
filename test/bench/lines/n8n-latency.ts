import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { NodeSketch } from '../../../packages/demo/src/n8n/workflows';
import { spawnScript } from '../../sandbox/bench/spawn';
import type { Line } from '../figure';
import { N8nBench } from '../hosts/n8n';
import type { HttpLoad } from '../load/http-load';
import type { RateLoad } from '../load/rate-load';
import { startStandIn, type Listener, type StandIn } from '../stand-in';
import { FRAME_THREAD } from '../stand-in/frames';
import { compareLatency, differences, type EventSide } from './latency';

const BURST = 200;
/** Of a round; five of them are more than 1,000, which n8n needs seven minutes for. */
const EVENTS = 250;
const script = (name: string): string => path.join(__dirname, '../load', name);

/** The first node after the trigger: keeps number and time of the event where the ledger reads them. */
const stamp = (text: string): NodeSketch => ({
	name: 'Stamp',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		mode: 'manual',
		assignments: {
			assignments: [
				{
					id: randomUUID(),
					name: 'stamp',
					type: 'string',
					value: `={{ 'stamp-' + String(${text}).match(/\\d+/)[0] + '@' + Date.now() }}`,
				},
			],
		},
		options: {},
	},
});

/** Runs of one workflow, its number and time of each event read from n8n's database. */
class Runs {
	static #next = 0;
	readonly #n8n: N8nBench;
	readonly #id: string;

	constructor(n8n: N8nBench, id: string) {
		this.#n8n = n8n;
		this.#id = id;
	}

	take(count: number): number {
		Runs.#next += count;
		return Runs.#next - count;
	}

	/** Lets the workflow run for `count` events from the number `from` on. */
	async stamps(from: number, count: number, begin: () => Promise<void>): Promise<Map<number, number>> {
		await this.#n8n.server.api.activate(this.#id);
		try {
			await begin();
			return await this.#n8n.server.api.until(() => {
				const all = this.#n8n.stamps(from);
				return Promise.resolve(all.size >= count ? all : undefined);
			}, AbortSignal.timeout(180_000));
		} finally {
			await this.#n8n.server.api.deactivate(this.#id);
		}
	}
}

function webhookSide(n8n: N8nBench, id: string, url: string): EventSide {
	const runs = new Runs(n8n, id);
	return {
		capacity: async (count) => {
			const from = runs.take(count);
			const started = Date.now();
			const seen = await runs.stamps(from, count, async () => {
				await spawnScript<HttpLoad>(script('http-load.ts'), ...[url, 10, from, count, ''].map(String));
			});
			return count / ((Math.max(...seen.values()) - started) / 1_000);
		},
		latencies: async (count, perSecond) => {
			const from = runs.take(count);
			let sent: readonly number[] = [];
			const seen = await runs.stamps(from, count, async () => {
				const options = [url, perSecond, from, count];
				const { said } = await spawnScript<RateLoad>(script('rate-load.ts'), ...options.map(String));
				if (said.wrong > 0) throw new Error(`${said.wrong} events were not answered with 200`);
				sent = said.sentMs;
			});
			return differences(sent, from, seen);
		},
	};
}

function streamSide(n8n: N8nBench, id: string, standIn: StandIn, to: Listener): EventSide {
	const runs = new Runs(n8n, id);
	const latencies = async (count: number, perSecond: number) => {
		const from = runs.take(count);
		let sent: readonly number[] = [];
		const seen = await runs.stamps(from, count, async () => {
			await standIn.listened(to);
			sent = await standIn.sendSteadily(to, from, count, perSecond);
		});
		return { sent, from, seen };
	};
	return {
		capacity: async (count) => {
			// All at once, one after the other.
			const { sent, seen } = await latencies(count, 100_000);
			return count / ((Math.max(...seen.values()) - (sent[0] ?? 0)) / 1_000);
		},
		latencies: async (count, perSecond) => {
			const { sent, from, seen } = await latencies(count, perSecond);
			return differences(sent, from, seen);
		},
	};
}

/** From an event on the wire to the workflow, in n8n. */
export const n8nLatency: Line = {
	name: 'n8n-latency',
	run: async (options) => {
		const standIn = await startStandIn();
		const n8n = await N8nBench.start({ flowAi: standIn.url, flowXo: standIn.url });
		const sizes = { burst: BURST, events: options.quick ? EVENTS / 5 : EVENTS };
		const [theirHook, ourHook] = [randomUUID(), randomUUID()];
		const frameText = '$json.text ?? JSON.stringify($json)';
		try {
			const theirs = await n8n.create(
				'their webhook',
				{
					name: 'Webhook',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					webhookId: theirHook,
					parameters: { httpMethod: 'POST', path: theirHook, options: {} },
				},
				stamp('$json.body.messages[0].fallback'),
			);
			const ours = await n8n.create(
				'our webhook',
				{
					name: 'Flow.ai calls',
					type: 'n8n-nodes-flowai.flowAiTrigger',
					webhookId: ourHook,
					parameters: { events: ['message'] },
				},
				stamp('$json.text'),
			);
			const webhook = await compareLatency(
				{
					work: 'n8n: from an event to the workflow by webhook, 99 %',
					against: 'Webhook node',
					ours: webhookSide(n8n, ours, `${n8n.server.url}/webhook/${ourHook}/webhook`),
					theirs: webhookSide(n8n, theirs, `${n8n.server.url}/webhook/${theirHook}`),
					...sizes,
				},
				options,
			);
			const theirStream = await n8n.create(
				'their stream',
				{
					name: 'SSE Trigger',
					type: 'n8n-nodes-base.sseTrigger',
					typeVersion: 1,
					parameters: { url: `${standIn.url}/events` },
				},
				stamp(frameText),
			);
			const ourStream = await n8n.create(
				'our stream',
				{
					name: 'Live',
					type: 'n8n-nodes-flowai.flowAiStreamTrigger',
					credential: 'flowAiSocketApi',
					parameters: { threadId: FRAME_THREAD, events: ['message'] },
				},
				stamp(frameText),
			);
			const stream = await compareLatency(
				{
					work: 'n8n: from an event to the workflow by socket, 99 %',
					against: 'SSE Trigger',
					ours: streamSide(n8n, ourStream, standIn, 'socket'),
					theirs: streamSide(n8n, theirStream, standIn, 'events'),
					...sizes,
				},
				options,
			);
			return [webhook, stream];
		} finally {
			await n8n.stop();
			standIn.stop();
		}
	},
};
