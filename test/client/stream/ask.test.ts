import { FlowAiSocketClient, type JsonObject, type Reply } from '@convoflow/client';
import { fakePorts, rejection, type FakePorts } from '../../support/fake-ports';
import { FakeSockets } from '../../support/fake-sockets';
import { endpoint, received } from './stream-bench';

const QUESTION = { speech: 'Is table six free?', traceId: 7 };
const DELIVERED = { type: 'message.delivered', payload: { traceId: 7 } };

/** A message of somebody else than the bot, or of another thread. */
function other(text: string, change: JsonObject): JsonObject {
	const frame = received(text);
	return { ...frame, payload: { ...(frame['payload'] as JsonObject), ...change } };
}

interface Bench {
	readonly client: FlowAiSocketClient;
	readonly ports: FakePorts;
	readonly sockets: FakeSockets;
	readonly stop: AbortController;
	readonly asked: Promise<Reply>;
}

/** Asks, and brings the socket to where the question is on its way. */
async function bench(quietMs = 2_000, withinMs = 30_000): Promise<Bench> {
	const sockets = new FakeSockets();
	const ports = fakePorts([endpoint()], { openSocket: sockets.open });
	const client = new FlowAiSocketClient(ports, { baseUrl: 'https://sdk.flow.ai', clientId: 'client-1' });
	const stop = new AbortController();
	const asked = client.ask('t-1', QUESTION, { quietMs, withinMs, signal: stop.signal });
	asked.catch(() => undefined);
	await ports.clock.advance(0);
	sockets.last.open();
	await ports.clock.advance(60);
	sockets.last.receive({ type: 'pong' });
	await ports.clock.advance(0);
	return { client, ports, sockets, stop, asked };
}

/** The texts of a reply, and the ms since the question at which it was given. */
async function outcome(
	{ client, ports, asked }: Bench,
	sinceMs: number,
): Promise<{ texts: string[]; isWhole: boolean; tookMs: number }> {
	const { payloads, isWhole } = await ports.clock.run(asked);
	const tookMs = ports.clock.now() - sinceMs;
	await client.close();
	expect(client.threads.size).toBe(0);
	return {
		texts: payloads.map((payload) => JSON.stringify(payload).match(/"fallback":"([^"]*)"/)?.[1] ?? ''),
		isWhole,
		tookMs,
	};
}

describe('asking over the socket', () => {
	it('returns what a bot says once, when it has been quiet', async () => {
		const made = await bench();
		const since = made.ports.clock.now();
		expect(made.sockets.last.sent.at(-1)).toEqual({
			type: 'message.send',
			payload: { ...QUESTION, threadId: 't-1' },
		});
		made.sockets.last.receive(DELIVERED);
		await made.ports.clock.advance(700);
		made.sockets.last.receive(received('Yes.'));
		expect(await outcome(made, since)).toEqual({ texts: ['Yes.'], isWhole: true, tookMs: 2_700 });
	});

	it('returns what a bot says five times over 4 s, in order', async () => {
		const made = await bench();
		const since = made.ports.clock.now();
		made.sockets.last.receive(DELIVERED);
		for (let n = 1; n <= 5; n += 1) {
			await made.ports.clock.advance(800);
			made.sockets.last.receive(received(`Reply ${n}`));
		}
		const { texts, isWhole, tookMs } = await outcome(made, since);
		expect(texts).toEqual([1, 2, 3, 4, 5].map((n) => `Reply ${n}`));
		expect(isWhole).toBe(true);
		expect(tookMs).toBeGreaterThanOrEqual(6_000);
		expect(tookMs).toBeLessThan(8_001);
	});

	it('returns nothing at the time-out when the bot never answers', async () => {
		const made = await bench(2_000, 5_000);
		const since = made.ports.clock.now();
		made.sockets.last.receive(DELIVERED);
		expect(await outcome(made, since)).toEqual({ texts: [], isWhole: false, tookMs: 5_000 });
	});

	it('returns at the time-out what a bot said that never falls quiet', async () => {
		const made = await bench(2_000, 5_000);
		const since = made.ports.clock.now();
		made.sockets.last.receive(DELIVERED);
		for (let n = 1; n <= 3; n += 1) {
			await made.ports.clock.advance(1_500);
			made.sockets.last.receive(received(`Still ${n}`));
		}
		expect(await outcome(made, since)).toEqual({
			texts: ['Still 1', 'Still 2', 'Still 3'],
			isWhole: false,
			tookMs: 5_000,
		});
	});

	it('counts neither what others write, nor what came before the question, nor another thread', async () => {
		const made = await bench();
		made.sockets.last.receive(DELIVERED);
		made.sockets.last.receive(other('I am a colleague', { originator: { name: 'Jo', role: 'moderator' } }));
		made.sockets.last.receive(other('I am a user', { originator: { name: 'Al', role: 'external' } }));
		made.sockets.last.receive(other('Elsewhere', { threadId: 't-2' }));
		await made.ports.clock.advance(3_000);
		made.sockets.last.receive(received('Yes.'));
		expect((await outcome(made, 0)).texts).toEqual(['Yes.']);
	});

	it('counts a message that does not say who wrote it', async () => {
		const made = await bench();
		made.sockets.last.receive(DELIVERED);
		made.sockets.last.receive(other('Yes.', { originator: {} }));
		expect((await outcome(made, made.ports.clock.now())).texts).toEqual(['Yes.']);
	});

	it('waits on while the bot is typing', async () => {
		const made = await bench();
		made.sockets.last.receive(DELIVERED);
		made.sockets.last.receive(received('One moment.'));
		for (let n = 0; n < 3; n += 1) {
			await made.ports.clock.advance(1_500);
			made.sockets.last.receive({ type: 'agent.typing', payload: { threadId: 't-1' } });
		}
		await made.ports.clock.advance(1_500);
		made.sockets.last.receive(received('Yes.'));
		expect((await outcome(made, 0)).texts).toEqual(['One moment.', 'Yes.']);
	});

	it('says that it is not known what became of a question that was lost with the connection', async () => {
		const made = await bench();
		made.sockets.last.drop();
		expect(await rejection(made.ports.clock.run(made.asked))).toMatchObject({
			code: 'CONVOFLOW_OUTCOME_UNKNOWN',
			traceId: 7,
		});
		await made.client.close();
	});

	it('takes a reply for the confirmation that never came', async () => {
		const made = await bench();
		made.sockets.last.receive(received('Yes.'));
		made.sockets.last.drop();
		expect((await outcome(made, 0)).texts).toEqual(['Yes.']);
	});

	it('says at once what Flow.ai refused, and stops at once', async () => {
		const refused = await bench();
		refused.sockets.last.receive({ type: 'error', message: 'Text is too long' });
		expect(await rejection(refused.ports.clock.run(refused.asked))).toMatchObject({
			code: 'FLOWAI_REJECTED',
		});
		await refused.client.close();

		const stopped = await bench();
		stopped.sockets.last.receive(DELIVERED);
		stopped.stop.abort();
		expect(await rejection(stopped.asked)).toMatchObject({ code: 'CONVOFLOW_ABORTED' });
		await stopped.client.close();
		expect(stopped.ports.clock.pending).toBe(0);
	});
});
