import { runNode } from '../../n8n/harness';
import { loadTree } from '../../n8n/tree';
import { startNodeRed } from '../../node-red/harness';
import { credentialNode, injectNode, node, TAB } from '../../node-red/harness/flow';
import type { Arrivals } from './stub';

/** Our nodes at work in a host. */
export interface Consumer {
	readonly name: string;
	/** Sends this many texts, spread over the threads; resolves when all are sent. */
	send(count: number): Promise<void>;
	stop(): Promise<void>;
}

const KEY = 'sandbox-flowai-rest-key';
export const THREADS = 50;
const TEXT = 'Is table six free?';

/** The Flow.ai node in the engine of n8n, all items in one run. */
export async function n8nConsumer(url: string): Promise<Consumer> {
	const tree = await loadTree('n8n-nodes-flowai');
	return {
		name: 'n8n',
		send: async (count) => {
			const { items, error } = await runNode({
				tree,
				nodeType: 'flowAi',
				credentials: { flowAiApi: { apiKey: KEY, baseUrl: url } },
				parameters: {
					resource: 'message',
					operation: 'sendText',
					threadId: { __rl: true, mode: 'id', value: '={{ $json.thread }}' },
					text: '={{ $json.text }}',
				},
				items: Array.from({ length: count }, (_, n) => ({
					json: { thread: `n-${n % THREADS}`, text: TEXT },
				})),
			});
			if (error || items[0]?.length !== count)
				throw new Error(`n8n: ${error?.message ?? 'items are missing'}`);
		},
		stop: () => Promise.resolve(),
	};
}

/** Messages which Node-RED is given at once; our nodes take at most 1,000 waiting ones. */
const IN_FLIGHT = 900;

/** The Flow.ai message node in Node-RED: a function node keeps it busy, one message more for each that is done. */
export async function nodeRedConsumer(url: string): Promise<Consumer> {
	const red = await startNodeRed();
	const func = `
if (msg.count !== undefined) context.set('left', msg.count);
const now = Math.min(context.get('left'), msg.count === undefined ? 1 : ${IN_FLIGHT});
context.set('left', context.get('left') - now);
for (let n = 0; n < now; n += 1)
	node.send({ threadId: 'n-' + ((context.get('left') + n) % ${THREADS}), payload: ${JSON.stringify(TEXT)} });
return null;`;
	await red.deploy([
		TAB,
		injectNode('start', 'many'),
		node('many', 'function', { func, outputs: 1 }, 'message'),
		node('message', 'flowai-message', { operation: 'message.sendText', flowAiApi: 'api' }, 'many'),
		credentialNode('api', { type: 'flowai-api', config: { baseUrl: url }, credentials: { apiKey: KEY } }),
	]);
	return { name: 'Node-RED', send: (count) => red.inject('start', { count }), stop: () => red.stop() };
}

const LIMIT_MS = 120_000;

/** Lets a consumer send, and tells what arrived at the stub. */
export async function arrivalsOf(consumer: Consumer, stub: string, count: number): Promise<Arrivals> {
	const arrivals = fetch(`${stub}/arrivals?of=${count}`, { signal: AbortSignal.timeout(LIMIT_MS) });
	// The stub has to know the number before the calls come.
	await new Promise((resolve) => setTimeout(resolve, 50));
	await consumer.send(count);
	return (await (await arrivals).json()) as Arrivals;
}
