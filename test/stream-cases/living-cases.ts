import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '../../packages/client/src/flowai/stream/connection';
import { said, StreamBench, until, type OpenSocket } from './bench';
import { StreamServer } from './server';

/** Cases of keeping a connection alive, losing it, and coming back, over real sockets. */
export function livingCases(open: OpenSocket): void {
	let server: StreamServer;
	let bench: StreamBench;
	const start = async (options: ConstructorParameters<typeof StreamBench>[2] = {}): Promise<void> => {
		bench = new StreamBench(server.url, open, options);
		await bench.stream.start();
	};
	beforeEach(async () => {
		server = await StreamServer.start();
	});
	afterEach(async () => {
		await bench.close();
		await server.close();
	});
	const back = async (count: number): Promise<void> =>
		await until(() => server.accepted.length === count && bench.stream.status.state === 'connected');

	it('WS-08 a service that answers no ping any more is left once, and dialled again', async () => {
		await start({ limits: { pingMs: 5_000, pongMs: 25_000 } });
		server.last.isMute = true;
		await back(2);
		expect(bench.statuses.filter(({ state }) => state === 'waiting')).toHaveLength(1);
		expect(server.mostOpen).toBeLessThanOrEqual(2);
	});

	it('WS-09 a half-open link is noticed within 40 s of its last frame', async () => {
		const { pingMs, pongMs } = DEFAULT_LIMITS;
		await start({ speed: 10, limits: { pingMs, pongMs } });
		const lastFrameMs = bench.ports.now();
		server.last.isMute = true;
		server.last.tcp.pause();
		await until(() => bench.waits.length === 1);
		expect(bench.ports.now() - lastFrameMs).toBeLessThan(40_000);
		await back(2);
	}, 20_000);

	it('WS-10 a peer that ignores our close frame does not hold up the stop, and is heard no more', async () => {
		await start();
		const { tcp } = server.last;
		tcp.pause();
		const beganMs = Date.now();
		await bench.stream.stop();
		expect(Date.now() - beganMs).toBeLessThan(1_500);
		server.send(said('too late'));
		await sleep(100);
		expect(bench.texts).toEqual([]);
		tcp.resume();
		await until(() => server.open.length === 0);
	});

	it('WS-12 a ping goes out a while after our last frame, whatever is received, and own frames put it off', async () => {
		expect(DEFAULT_LIMITS.pingMs).toBeLessThanOrEqual(25_000);
		// 1 s of real time between pings.
		await start({ limits: { pingMs: 50_000 } });
		const pings = (): number => server.last.frames.filter(({ frame }) => frame['type'] === 'ping').length;
		const received = setInterval(() => server.send(said('chatter')), 50);
		await until(() => pings() === 3);
		clearInterval(received);
		const own = setInterval(() => bench.stream.send({ type: 'thread.noticed' }), 100);
		await sleep(2_500);
		clearInterval(own);
		expect(pings()).toBeLessThanOrEqual(4);
	}, 20_000);

	it('WS-18 what an old socket still says has no effect', async () => {
		await start({ limits: { pingMs: 5_000, pongMs: 50_000 } });
		const old = server.last;
		old.isMute = true;
		old.tcp.pause();
		await back(2);
		old.socket.send(JSON.stringify(said('from the old one')));
		old.tcp.resume();
		old.tcp.destroy();
		server.send(said('from the new one'));
		await until(() => bench.texts.length > 0);
		expect([bench.texts, bench.stream.status.state]).toEqual([['from the new one'], 'connected']);
	});

	it('WS-19 over 100 fast drops the waits grow to their cap with jitter, and nothing is left behind', async () => {
		await start({ speed: 5_000, provenMs: Infinity });
		for (let count = 2; count <= 100; count += 1) {
			server.cut();
			await back(count);
		}
		const late = bench.waits.slice(10);
		expect([Math.min(...late) >= 15_000, Math.max(...late) <= 30_000]).toEqual([true, true]);
		expect(new Set(late).size).toBeGreaterThan(late.length / 2);
		expect([server.open.length, server.mostOpen]).toEqual([1, 1]);
	}, 60_000);

	it('WS-20 where every socket dies at once the waits still grow', async () => {
		bench = new StreamBench(server.url, open, { provenMs: Infinity });
		const started = bench.stream.start();
		for (let count = 1; count <= 4; count += 1) {
			await until(() => server.accepted.length === count);
			server.cut();
		}
		await started;
		await back(5);
		for (const [index, wait] of bench.waits.entries()) expect(wait).toBeGreaterThanOrEqual(500 * 2 ** index);
	});
}
