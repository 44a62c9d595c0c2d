import { FlowAiSocketClient, type ThreadConnectionsOptions, type StreamStatus } from '@convoflow/client';
import { answer, fakePorts, rejection, type FakePorts, type Step } from '../../support/fake-ports';
import { FakeSockets } from '../../support/fake-sockets';
import { endpoint, received } from './stream-bench';

interface Bench {
	readonly client: FlowAiSocketClient;
	readonly ports: FakePorts;
	readonly sockets: FakeSockets;
}

function bench(options: ThreadConnectionsOptions = {}, script: readonly Step[] = [service()]): Bench {
	const sockets = new FakeSockets();
	const ports = fakePorts(script, { openSocket: sockets.open });
	const base = { baseUrl: 'https://sdk.flow.ai', clientId: 'client-1' };
	return { client: new FlowAiSocketClient(ports, { ...base, ...options }), ports, sockets };
}

/** Lets the newest socket open and answer its first ping. */
async function connect({ ports, sockets }: Bench): Promise<void> {
	await ports.clock.advance(0);
	sockets.last.open();
	await ports.clock.advance(60);
	sockets.last.receive({ type: 'pong' });
	await ports.clock.advance(0);
}

/** Answers `socket.info`, and `thread.history` with nothing. */
function service(): Step {
	const dial = endpoint();
	return async (request) => {
		if (request.url.includes('/thread.history')) return answer({ status: 'ok', payload: [] });
		return typeof dial === 'function' ? await dial(request) : answer({});
	};
}

function delivered(traceId: number | string): { type: string; payload: { traceId: number | string } } {
	return { type: 'message.delivered', payload: { traceId } };
}

const HELLO = { speech: 'Hello', traceId: 7 };

describe('sharing', () => {
	it('gives all who use a thread one socket, and each of them every event', async () => {
		const made = bench();
		const texts: unknown[] = [];
		for (const name of ['a', 'b']) {
			made.client.threads.acquire('t-1', {
				onEvent: (kind, { text }) => kind === 'message' && texts.push([name, text]),
			});
		}
		await connect(made);
		made.sockets.last.receive(received('Hi'));
		made.sockets.last.receive({ type: 'pong' });
		await made.ports.clock.advance(0);
		expect(made.sockets.all).toHaveLength(1);
		expect(texts).toEqual([
			['a', 'Hi'],
			['b', 'Hi'],
		]);
		await made.client.close();
	});

	it('opens a socket for each thread, and tells whoever comes late where it stands', async () => {
		const made = bench();
		made.client.threads.acquire('t-1');
		await connect(made);
		const states: StreamStatus['state'][] = [];
		const lease = made.client.threads.acquire('t-1', { onStatus: ({ state }) => states.push(state) });
		made.client.threads.acquire('t-2');
		await made.ports.clock.advance(0);
		expect(made.sockets.all).toHaveLength(2);
		expect(states).toEqual(['connected']);
		expect(lease.status.state).toBe('connected');
		await made.client.close();
	});

	it('keeps a connection a while after its last user left, and no longer', async () => {
		const made = bench({ lingerMs: 5_000 });
		const first = made.client.threads.acquire('t-1');
		await connect(made);
		first.release();
		await made.ports.clock.advance(4_000);
		const second = made.client.threads.acquire('t-1');
		await made.ports.clock.advance(10_000);
		expect(made.sockets.live).toHaveLength(1);
		second.release();
		second.release();
		await made.ports.clock.advance(5_000);
		expect(made.sockets.all).toHaveLength(1);
		expect(made.sockets.live).toHaveLength(0);
		expect(made.client.threads.size).toBe(0);
		expect(made.ports.clock.pending).toBe(0);
	});

	it('refuses a thread too many, unless one that is only kept can make room', async () => {
		const made = bench({ maxThreads: 2 });
		const { threads } = made.client;
		const first = threads.acquire('t-1');
		threads.acquire('t-2');
		expect(() => threads.acquire('t-3')).toThrow(
			expect.objectContaining({ code: 'CONVOFLOW_TOO_MANY_THREADS' }) as Error,
		);
		first.release();
		threads.acquire('t-3');
		expect(threads.size).toBe(2);
		await made.client.close();
		expect(made.ports.clock.pending).toBe(0);
	});

	it('where all places are taken, the one longest not written to makes room if all of its users yield', async () => {
		const made = bench({ maxThreads: 3 });
		const { threads } = made.client;
		const gone: string[] = [];
		const yielding = (threadId: string): void => {
			const lease = threads.acquire(threadId, {
				makeRoom: () => {
					gone.push(threadId);
					lease.release();
				},
			});
		};
		['t-1', 't-2'].forEach(yielding);
		threads.acquire('t-fixed');
		threads.noteSend('t-1');
		threads.acquire('t-3');
		expect(gone).toEqual(['t-2']);
		yielding('t-3');
		const stays = threads.acquire('t-1');
		expect(() => threads.acquire('t-4')).toThrow('3 threads are connected already');
		stays.release();
		threads.acquire('t-4');
		expect(gone).toEqual(['t-2', 't-1']);
		expect(threads.size).toBe(3);
		await made.client.close();
		expect(made.ports.clock.pending).toBe(0);
	});

	it('tries again for the next user after a refusal', async () => {
		const refusal = answer({ status: 'error', payload: { message: 'Unknown client' } }, 400);
		const made = bench({}, [refusal, endpoint()]);
		const error = (await rejection(made.client.threads.acquire('t-1').connected())) as { code: string };
		expect(error.code).toBe('FLOWAI_BAD_REQUEST');
		const lease = made.client.threads.acquire('t-1');
		await connect(made);
		await lease.connected();
		await made.client.close();
	});

	it('ends everything when it is closed, also twice, and gives out nothing afterwards', async () => {
		const made = bench();
		const lease = made.client.threads.acquire('t-1');
		const waiting = rejection(lease.connected());
		await made.ports.clock.advance(0);
		await Promise.all([made.client.close(), made.client.close()]);
		expect(await waiting).toMatchObject({ code: 'CONVOFLOW_ABORTED' });
		expect(made.sockets.live).toHaveLength(0);
		expect(made.ports.clock.pending).toBe(0);
		expect(() => made.client.threads.acquire('t-1')).toThrow('Stopped');
	});
});

describe('sending', () => {
	it.each([7, 0, 'trace-a'])('is done when the trace id %p comes back', async (traceId) => {
		const made = bench();
		const lease = made.client.threads.acquire('t-1');
		await connect(made);
		const sent = lease.sendMessage({ speech: 'Hello', traceId });
		await made.ports.clock.advance(0);
		expect(made.sockets.last.sent.at(-1)).toEqual({
			type: 'message.send',
			payload: { threadId: 't-1', speech: 'Hello', traceId },
		});
		made.sockets.last.receive(delivered('another'));
		made.sockets.last.receive(delivered(traceId));
		expect(await sent).toEqual({ traceId });
		await made.client.close();
		expect(made.ports.clock.pending).toBe(0);
	});

	it('carries the secret of the thread', async () => {
		const made = bench();
		const lease = made.client.threads.acquire('t-1');
		await connect(made);
		made.sockets.last.receive({ type: 'secret.generated', message: { secret: 'n-1' } });
		const sent = lease.sendMessage(HELLO);
		await made.ports.clock.advance(0);
		expect(made.sockets.last.sent.at(-1)).toMatchObject({ payload: { nonce: 'n-1' } });
		made.sockets.last.receive(delivered(7));
		await sent;
		await made.client.close();
	});

	it('WS-24: waits for the connection, or refuses at once, as chosen', async () => {
		const made = bench();
		const lease = made.client.threads.acquire('t-1');
		expect(await rejection(lease.sendMessage(HELLO, { whileDown: 'refuse' }))).toMatchObject({
			code: 'FLOWAI_STREAM_UNAVAILABLE',
		});
		const sent = lease.sendMessage(HELLO);
		await connect(made);
		made.sockets.last.receive(delivered(7));
		expect(await sent).toEqual({ traceId: 7 });
		await made.client.close();
	});

	it('WS-24: waits no longer than it may, and for a bounded number of messages', async () => {
		const made = bench();
		const lease = made.client.threads.acquire('t-1');
		const waiting = Array.from({ length: 100 }, () => rejection(lease.sendMessage(HELLO)));
		expect(await rejection(lease.sendMessage(HELLO))).toMatchObject({ code: 'CONVOFLOW_QUEUE_FULL' });
		await made.ports.clock.advance(20_000);
		for (const error of await Promise.all(waiting)) {
			expect(error).toMatchObject({ code: 'FLOWAI_STREAM_UNAVAILABLE' });
		}
		expect(made.sockets.all.flatMap(({ sent }) => sent)).not.toContainEqual(
			expect.objectContaining({ type: 'message.send' }),
		);
		await made.client.close();
	});

	it('WS-25: a lost connection leaves the outcome open; nothing is sent again', async () => {
		const made = bench();
		const lease = made.client.threads.acquire('t-1');
		await connect(made);
		const sent = rejection(lease.sendMessage({ speech: 'Hello', traceId: 0 }));
		await made.ports.clock.advance(0);
		made.sockets.last.drop();
		expect(await sent).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN', traceId: 0 });
		await made.ports.clock.advance(2_000);
		await connect(made);
		made.sockets.last.receive(delivered(0));
		expect(made.sockets.last.sent).toEqual([{ type: 'ping' }]);
		await made.client.close();
	});

	it('WS-25: a confirmation that does not come, or not before the stop, leaves the outcome open', async () => {
		const made = bench();
		const lease = made.client.threads.acquire('t-1');
		await connect(made);
		const late = rejection(lease.sendMessage(HELLO));
		const stop = new AbortController();
		const stopped = rejection(lease.sendMessage({ ...HELLO, traceId: 8 }, { signal: stop.signal }));
		await made.ports.clock.advance(0);
		stop.abort();
		expect(await stopped).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN', traceId: 8 });
		await made.ports.clock.advance(10_000);
		expect(await late).toMatchObject({ code: 'CONVOFLOW_OUTCOME_UNKNOWN', traceId: 7 });
		await made.client.close();
	});

	it('WS-25: an error frame belongs to the only message that waits, and to none of several', async () => {
		const made = bench();
		const lease = made.client.threads.acquire('t-1');
		await connect(made);
		const alone = rejection(lease.sendMessage(HELLO));
		await made.ports.clock.advance(0);
		made.sockets.last.receive({ type: 'error', message: 'Frame could not be read' });
		expect(await alone).toMatchObject({ code: 'FLOWAI_REJECTED', traceId: 7 });
		const both = [1, 2].map((traceId) => lease.sendMessage({ ...HELLO, traceId }));
		await made.ports.clock.advance(0);
		made.sockets.last.receive({ type: 'error', message: 'Frame could not be read' });
		made.sockets.last.receive(delivered(2));
		made.sockets.last.receive(delivered(1));
		expect(await Promise.all(both)).toEqual([{ traceId: 1 }, { traceId: 2 }]);
		await made.client.close();
	});
});
