import { getEventListeners } from 'node:events';
import { FlowAiSocketClient, FlowAiStream } from '@convoflow/client';
import { fakePorts, hang, rejection } from '../../support/fake-ports';
import { bench, connect, connected, endpoint, received } from './stream-bench';

const ABORTED = { code: 'CONVOFLOW_ABORTED' };

describe('starting', () => {
	it('is done when the service has answered the first ping', async () => {
		const made = bench();
		let isStarted = false;
		const started = made.stream.start().then(() => (isStarted = true));
		await made.ports.clock.advance(0);
		made.sockets.last.open();
		await made.ports.clock.advance(60);
		expect(isStarted).toBe(false);
		expect(made.stream.status).toEqual({ state: 'connecting' });
		expect(made.sockets.last.sent).toEqual([{ type: 'ping' }]);
		made.sockets.last.receive({ type: 'pong' });
		await started;
		expect(made.statuses).toEqual([{ state: 'connecting' }, { state: 'connected' }]);
		await made.stream.stop();
	});

	it('sends no frame right after opening, where it would get lost (Flow.ai reference §5.1)', async () => {
		const made = bench();
		const started = rejection(made.stream.start());
		await made.ports.clock.advance(0);
		made.sockets.last.open();
		await made.ports.clock.advance(49);
		expect(made.sockets.last.sent).toEqual([]);
		await made.stream.stop();
		await started;
	});

	it('names the origin at the upgrade where one is set', async () => {
		const made = await connected(undefined, { origin: 'https://www.example.test' });
		expect(made.sockets.last.headers).toEqual({ origin: 'https://www.example.test' });
		await made.stream.stop();
	});

	it('happens once: a second start and one after stop are refused', async () => {
		const made = await connected();
		expect(await rejection(made.stream.start())).toMatchObject(ABORTED);
		await made.stream.stop();
		expect(await rejection(made.stream.start())).toMatchObject(ABORTED);
		expect(made.sockets.all).toHaveLength(1);
	});
});

describe('stopping', () => {
	it('WS-13 while the endpoint is fetched ends both, and nothing opens later', async () => {
		const made = bench([hang]);
		const started = rejection(made.stream.start());
		await made.ports.clock.advance(0);
		await made.stream.stop();
		expect(await started).toMatchObject(ABORTED);
		await made.ports.clock.advance(600_000);
		expect(made.sockets.all).toHaveLength(0);
		expect(made.ports.requests).toHaveLength(1);
		expect(made.stream.status).toEqual({ state: 'stopped' });
	});

	it('WS-13 right when the endpoint arrives dials nothing', async () => {
		const made = bench();
		const started = rejection(made.stream.start());
		await made.stream.stop();
		expect(await started).toMatchObject(ABORTED);
		expect(made.sockets.live).toHaveLength(0);
	});

	it('WS-14 during the back-off ends at once', async () => {
		const made = await connected();
		made.sockets.last.drop();
		await made.ports.clock.advance(0);
		expect(made.stream.status.state).toBe('waiting');
		await made.stream.stop();
		expect(made.ports.clock.pending).toBe(0);
		await made.ports.clock.advance(600_000);
		expect(made.sockets.all).toHaveLength(1);
	});

	it('WS-15 during the handshake destroys the socket', async () => {
		const made = bench();
		const started = rejection(made.stream.start());
		await made.ports.clock.advance(0);
		expect(made.sockets.live).toHaveLength(1);
		await made.stream.stop();
		expect(await started).toMatchObject(ABORTED);
		expect(made.sockets.live).toHaveLength(0);
		expect(made.ports.clock.pending).toBe(0);
	});

	it('WS-16 twice, at the same time and before starting resolves', async () => {
		const made = await connected();
		await Promise.all([made.stream.stop(), made.stream.stop()]);
		await made.stream.stop();
		expect(made.sockets.last.destroyed).toBeGreaterThanOrEqual(1);
		expect(made.ports.clock.pending).toBe(0);
		const never = bench();
		await never.stream.stop();
		expect(never.ports.requests).toHaveLength(0);
	});

	it('WS-17 and starting a new stream at once leaves one connection', async () => {
		const made = await connected();
		const stopping = made.stream.stop();
		const next = new FlowAiStream(made.ports, made.client, { threadId: 't-1', onEvent: () => undefined });
		const started = next.start();
		await stopping;
		await connect(made);
		await started;
		expect(made.sockets.live).toHaveLength(1);
		await next.stop();
		expect(made.sockets.live).toHaveLength(0);
	});

	it('WS-18 leaves late calls of an old socket without effect', async () => {
		const made = await connected();
		const [old] = made.sockets.all;
		made.sockets.last.drop();
		await made.ports.clock.advance(1_000);
		await connect(made);
		const before = made.statuses.length;
		old?.handlers.message(JSON.stringify(received('late')));
		old?.handlers.close(1000, 'late');
		old?.handlers.open();
		await made.ports.clock.advance(5_000);
		expect(made.events).toEqual([]);
		expect(made.statuses).toHaveLength(before);
		expect(made.sockets.live).toEqual([made.sockets.last]);
		await made.stream.stop();
		made.sockets.last.handlers.message(JSON.stringify(received('too late')));
		expect(made.events).toEqual([]);
	});

	it('inside an event handler is possible, and ends the events', async () => {
		let stopped: Promise<void> | undefined;
		const seen: unknown[] = [];
		const made = await connected(undefined, {
			onEvent: (_kind, output) => {
				seen.push(output['text']);
				stopped = made.stream.stop();
			},
		});
		made.sockets.last.receive(received('one'));
		made.sockets.last.receive(received('two'));
		await stopped;
		expect(seen).toEqual(['one']);
		expect(made.sockets.live).toHaveLength(0);
	});
});

it('WS-19 after 1,000 drops has grown its waits to the cap and left nothing behind', async () => {
	const made = bench();
	const started = rejection(made.stream.start());
	for (let drop = 0; drop < 1_000; drop += 1) {
		await made.ports.clock.advance(0);
		made.sockets.last.drop();
		await made.ports.clock.advance(30_000);
	}
	expect(made.sockets.all.length).toBeGreaterThanOrEqual(1_000);
	expect(made.sockets.live.length).toBeLessThanOrEqual(1);
	expect(made.ports.clock.pending).toBeLessThanOrEqual(1);
	const waits = made.statuses.flatMap((status) => (status.state === 'waiting' ? [status.retryInMs] : []));
	expect(Math.min(...waits.slice(6))).toBeGreaterThanOrEqual(15_000);
	expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
	expect(new Set(waits.slice(6)).size).toBeGreaterThan(100);
	const signals = made.ports.requests
		.slice(-1)
		.map(({ signal }) => getEventListeners(signal, 'abort').length);
	expect(Math.max(...signals)).toBeLessThanOrEqual(1);
	await made.stream.stop();
	expect(await started).toMatchObject(ABORTED);
	expect(made.ports.clock.pending).toBe(0);
	expect(made.sockets.live).toHaveLength(0);
});

describe('the waits', () => {
	const waitsOf = async (upMs: number): Promise<number[]> => {
		const made = await connected();
		for (let round = 0; round < 6; round += 1) {
			await made.ports.clock.advance(upMs);
			made.sockets.last.drop();
			await made.ports.clock.advance(0);
			const { status } = made.stream;
			await made.ports.clock.advance(status.state === 'waiting' ? status.retryInMs : 0);
			await connect(made);
		}
		await made.stream.stop();
		return made.statuses.flatMap((status) => (status.state === 'waiting' ? [status.retryInMs] : []));
	};

	it('WS-20 still grow when every connection dies young', async () => {
		expect((await waitsOf(100)).at(-1)).toBeGreaterThan(10_000);
	});

	it('WS-19 begin anew after a connection that has proven itself', async () => {
		expect(Math.max(...(await waitsOf(5_000)))).toBeLessThanOrEqual(1_000);
	});
});

it('a host that throws while a status is shown neither ends nor hides the stream', async () => {
	const ports = fakePorts([endpoint()]);
	const client = new FlowAiSocketClient(ports, { baseUrl: 'https://sdk.flow.ai', clientId: 'client-1' });
	const stream = new FlowAiStream(ports, client, {
		threadId: 't-1',
		onEvent: () => undefined,
		onStatus: () => {
			throw new Error('no such node');
		},
	});
	const started = rejection(stream.start());
	await ports.clock.advance(0);
	expect(stream.status.state).toBe('waiting');
	expect(ports.logs.some(({ message }) => message.includes('no such node'))).toBe(true);
	await stream.stop();
	expect(await started).toMatchObject(ABORTED);
});
