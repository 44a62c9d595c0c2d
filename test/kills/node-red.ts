import { setTimeout as sleep } from 'node:timers/promises';
import { LiveTraffic } from '../polls/live-traffic';
import { Ledger } from '../polls/traffic';
import { readLedger, type Runs } from '../webhook/events';
import { RedHost } from '../webhook/red-host';
import { Sender } from '../webhook/sender';
import type { Living } from './trouble';

/** What a run has come to, counted by what the flows wrote. */
export interface LiveResult {
	/** Events that were acknowledged, and those of them that never ran. */
	readonly events: number;
	readonly lost: number;
	/** Events that ran again although they were through before a kill: the memory of repeats was lost. */
	readonly forgotten: number;
	/** Events that were on their way at a kill and ran twice. */
	readonly twice: number;
	/** Messages that a poll had to find, those it lost, and those it told twice. */
	readonly messages: number;
	readonly messagesLost: number;
	readonly messagesTwice: number;
}

type FlowNode = Readonly<Record<string, unknown>> & { readonly id: string };

/** Work of a killed process may be written this long after its event was acknowledged, in ms. */
const SLACK_MS = 3_000;
const LANES = 4;

/** A durable webhook and a poll; what comes out of each is written into a file at once. */
function flows(userDir: string, baseUrl: string, apiKey: string): FlowNode[] {
	const write = (id: string, file: string, text: string): FlowNode => ({
		id,
		type: 'function',
		func: `fs.appendFileSync(${JSON.stringify(`${userDir}/${file}`)}, ${text} + '\\n');`,
		libs: [{ var: 'fs', module: 'fs' }],
		wires: [],
	});
	const poll = { flowXoApi: 'xo', interval: 1, events: 'newMessage', role: 'any' };
	const webhook = { path: 'run', events: 'message', verification: 'none', durable: true };
	const nodes: FlowNode[] = [
		{ id: 'hook', type: 'flowai-webhook', ...webhook, wires: [['events']] },
		{ id: 'poll', type: 'flowxo-events', ...poll, wires: [['messages']] },
		write('events', 'events.txt', "msg.payload.text + ' ' + Date.now()"),
		write('messages', 'messages.txt', 'msg.payload.text'),
	];
	return [
		{ id: 'tab', type: 'tab', label: 'kills' },
		...nodes.map((node) => ({ z: 'tab', x: 100, y: 100, ...node })),
		{ id: 'xo', type: 'flowxo-api', baseUrl, credentials: { apiKey } },
	];
}

/** A webhook remembers the last 10,000 events; a service repeats what has just come. */
const REPEATED = 5_000;

/** Delivers numbered events until it is told to end. Of every four one is an event that came before. */
async function keepDelivering(sender: Sender, over: AbortSignal, random: () => number): Promise<void> {
	let next = 0;
	const lane = async (): Promise<void> => {
		while (!over.aborted) {
			const isOld = next > 20 && random() < 0.25;
			if (isOld) await sender.post(Math.floor(next - random() * Math.min(next, REPEATED)));
			else await sender.deliver((next += 1), 'none');
			await sleep(30);
		}
	};
	await Promise.all(Array.from({ length: LANES }, lane));
}

/** A running Node-RED with everything that comes in, for whoever makes its life hard. */
export interface Life extends Living {
	readonly host: RedHost;
	/** Events delivered so far. */
	readonly events: number;
}

/**
 * Lets events and messages come in while Node-RED has a hard life, and counts what came of them.
 * @param random numbers from 0 to 1, from a seed
 * @param trouble makes its life hard until it resolves
 * @param env of the process
 */
export async function liveNodeRed(
	random: () => number,
	trouble: (life: Life) => Promise<void>,
	env: Readonly<Record<string, string>> = {},
): Promise<LiveResult> {
	const host = await RedHost.start(env);
	const traffic = await LiveTraffic.start(100);
	const sender = new Sender(LANES, () => [`${host.url}/flowai/webhook/run`]);
	const over = new AbortController();
	const killed: number[] = [];
	const messages = async (): Promise<Ledger> => {
		const ledger = new Ledger();
		for (const line of (await host.ledger('messages.txt')).split('\n').filter(Boolean)) ledger.add(line);
		return ledger;
	};
	try {
		const { baseUrls, keys } = traffic.sandbox;
		let deploys = 0;
		const deploy = async (type: 'full' | 'nodes' = 'full'): Promise<void> => {
			deploys += 1;
			if (deploys > 1) killed.push(Date.now());
			// A changed name is what makes a partial deploy replace the node.
			const all = flows(host.userDir, baseUrls.flowXo, keys.flowXo);
			await host.deploy(
				all.map((node) => (node.id === 'hook' ? { ...node, name: `${deploys}` } : node)),
				type,
			);
		};
		await deploy();
		let seen = 0;
		const watching = setInterval(() => void messages().then((ledger) => (seen = ledger.seen)), 200);
		await traffic.probe(() => seen > 0);
		clearInterval(watching);
		const delivering = keepDelivering(sender, over.signal, random);
		await trouble({
			host,
			traffic,
			deploy,
			kill: async () => {
				killed.push(Date.now());
				await host.killAndRestart();
			},
			get events() {
				return sender.deliveries.size;
			},
		});
		over.abort();
		await delivering;
		traffic.pause();
		const acked = (): number[] =>
			[...sender.deliveries].filter(([, { acks }]) => acks > 0).map(([number]) => number);
		const untilMs = Date.now() + 60_000;
		const isThrough = async (): Promise<boolean> => {
			const runs = readLedger(await host.ledger('events.txt'));
			return acked().every((one) => runs.has(one)) && traffic.missingIn(await messages()).length === 0;
		};
		while (!(await isThrough()) && Date.now() < untilMs) await sleep(500);

		const runs = readLedger(await host.ledger('events.txt'));
		const again = [...runs].filter(([, { count }]) => count > 1);
		/** Each kill may cut an event off once. */
		const killsDuring = ({ firstMs, lastMs }: Runs): number =>
			killed.filter((ms) => ms >= firstMs - SLACK_MS && ms <= Math.max(lastMs, firstMs + SLACK_MS)).length;
		const isCut = (one: Runs): boolean =>
			killsDuring({ ...one, lastMs: one.firstMs }) > 0 && one.count - 1 <= killsDuring(one);
		const forgotten = again.filter(([, one]) => !isCut(one));
		const ledger = await messages();
		return {
			events: acked().length,
			lost: acked().filter((one) => !runs.has(one)).length,
			forgotten: forgotten.length,
			twice: again.length - forgotten.length,
			messages: traffic.written - traffic.first,
			messagesLost: traffic.missingIn(ledger).length,
			messagesTwice: ledger.against(traffic.written).repeated,
		};
	} finally {
		over.abort();
		sender.close();
		await traffic.close();
		await host.stop();
	}
}

/** True when nothing was lost and nothing ran again that was through. */
export function isWhole({ lost, forgotten, messagesLost }: LiveResult): boolean {
	return lost + forgotten + messagesLost === 0;
}

/** Prints what a run has come to. */
export function printLife(result: LiveResult): void {
	const { events, lost, twice, forgotten, messages, messagesLost, messagesTwice } = result;
	console.log(
		`  webhook, durable: ${events} events acknowledged, ${lost} lost, ${twice} on their way at a kill or a deploy ran twice, ${forgotten} ran again otherwise`,
	);
	console.log(`  poll: ${messages} messages, ${messagesLost} lost, ${messagesTwice} told twice`);
}
