import { setTimeout as sleep } from 'node:timers/promises';
import { FlowAiSocketClient, FlowAiStream, type StreamStatus } from '@convoflow/client';
import { startSandbox } from '@convoflow/sandbox';
import { StreamBench, until, type OpenSocket } from '../stream-cases/bench';
import { StreamServer } from '../stream-cases/server';
import { fakePorts, fault } from '../support/fake-ports';
import { FakeSockets } from '../support/fake-sockets';

/** Limit for noticing a half-open link, in ms after its last frame. */
export const NOTICED_WITHIN_MS = 40_000;

/** What became of a link whose other side went silent without a word. */
export interface HalfOpen {
	/** From the last frame to the moment at which the connection was given up, in ms. */
	readonly noticedMs: number;
	readonly why: string;
	/** The connection to the silent side is closed, and there is a new one. */
	readonly isReplaced: boolean;
}

/**
 * Opens a real socket, freezes its other side and measures, with the limits that everyone has.
 * @param speed of the client's time; 1 is real
 */
export async function halfOpen(open: OpenSocket, speed = 1): Promise<HalfOpen> {
	const server = await StreamServer.start();
	const limits = { handshakeMs: 10_000, firstFrameMs: 10_000, pongMs: 10_000 };
	const bench = new StreamBench(server.url, open, { speed, limits });
	try {
		await bench.stream.start();
		const lastFrameMs = bench.ports.now();
		const { tcp } = server.last;
		server.last.isMute = true;
		tcp.pause();
		await until(() => bench.waits.length === 1);
		const noticedMs = bench.ports.now() - lastFrameMs;
		const [waiting] = bench.statuses.filter(({ state }) => state === 'waiting');
		await until(() => bench.stream.status.state === 'connected');
		tcp.resume();
		await until(() => tcp.destroyed);
		const why = waiting?.state === 'waiting' ? waiting.why : '';
		return { noticedMs, why, isReplaced: server.open.length === 1 };
	} finally {
		await bench.close();
		await server.close();
	}
}

/** One attempt to come back. */
export interface Attempt {
	/** Since the first one, in ms. */
	readonly atMs: number;
	/** What it waited for before, in ms, and the longest that it might have. */
	readonly waitedMs: number;
	readonly ceilingMs: number;
}

/** The attempts of a stream while nothing answers, in virtual time. @param forMs how long nothing does */
export async function deadServer(forMs: number): Promise<readonly Attempt[]> {
	const sockets = new FakeSockets();
	const ports = fakePorts([fault('ECONNREFUSED')], { openSocket: sockets.open });
	const client = new FlowAiSocketClient(ports, { baseUrl: 'https://sdk.flow.ai', clientId: 'client-1' });
	const waits: number[] = [];
	const stream = new FlowAiStream(ports, client, {
		threadId: 't-1',
		onEvent: () => undefined,
		onStatus: (status: StreamStatus) => {
			if (status.state === 'waiting') waits.push(status.retryInMs);
		},
	});
	const started = stream.start().catch(() => undefined);
	for (let passedMs = 0; passedMs < forMs; passedMs += 1_000) await ports.clock.advance(1_000);
	await stream.stop();
	await started;
	const [firstMs = 0] = ports.times;
	return ports.times.map((ms, index) => ({
		atMs: ms - firstMs,
		waitedMs: waits[index - 1] ?? 0,
		ceilingMs: index === 0 ? 0 : Math.min(30_000, 1_000 * 2 ** (index - 1)),
	}));
}

/** Whether an attempt came after a wait between half of its ceiling and the whole. */
export function isJittered({ waitedMs, ceilingMs }: Attempt): boolean {
	return waitedMs >= ceilingMs / 2 && waitedMs <= ceilingMs;
}

/** What a client id that Flow.ai does not know leads to. */
export interface WrongClient {
	/** Requests for an endpoint, counted by the sandbox. */
	readonly attempts: number;
	/** Messages that a user would see, and the first of them. */
	readonly messages: number;
	readonly message: string;
}

/** Listens with a wrong client id. @param forMs how long to wait for a second attempt, in ms */
export async function wrongClient(open: OpenSocket, forMs: number): Promise<WrongClient> {
	const sandbox = await startSandbox();
	const bench = new StreamBench(sandbox.baseUrls.flowAiSocket, open, { speed: 1 });
	try {
		const error: unknown = await bench.stream.start().catch((thrown: unknown) => thrown);
		await sleep(forMs);
		const failures = bench.statuses.filter(({ state }) => state === 'failed');
		return {
			attempts: sandbox.requests().filter(({ path }) => path.endsWith('/socket.info')).length,
			messages: failures.length,
			message: error instanceof Error ? error.message : '',
		};
	} finally {
		await bench.close();
		await sandbox.close();
	}
}
