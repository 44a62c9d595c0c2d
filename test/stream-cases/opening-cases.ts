import { setTimeout as sleep } from 'node:timers/promises';
import type { ConvoflowError } from '@convoflow/client';
import { said, StreamBench, until, type OpenSocket } from './bench';
import { StreamServer } from './server';

/** Cases of asking for an endpoint, dialling it, and stopping meanwhile, over real sockets. */
export function openingCases(open: OpenSocket): void {
	let server: StreamServer;
	let bench: StreamBench;
	beforeEach(async () => {
		server = await StreamServer.start();
		bench = new StreamBench(server.url, open);
	});
	afterEach(async () => {
		await bench.close();
		await server.close();
	});

	it('WS-01 three failed requests for an endpoint are waited out, each longer, then it connects', async () => {
		server.infos.push({ status: 503 }, { status: 503 }, { status: 503 });
		await bench.stream.start();
		expect(server.asked).toBe(4);
		const [first = 0, second = 0, third = 0] = bench.waits;
		expect([first >= 500, second >= 1_000, third >= 2_000, bench.waits.length]).toEqual([
			true,
			true,
			true,
			3,
		]);
	});

	it.each([401, 402, 403])(
		'WS-02 status %i is final after one attempt and names a setting',
		async (status) => {
			server.infos.push({ status });
			const error = (await bench.stream.start().catch((thrown: unknown) => thrown)) as ConvoflowError;
			expect(error.status).toBe(status);
			expect(`${error.message} ${error.advice}`).toMatch(/credential|client ID|key/i);
			await sleep(100);
			expect([server.asked, server.dialled]).toEqual([1, []]);
		},
	);

	it.each([400, 500])('WS-03 status %i is final', async (status) => {
		server.infos.push({ status });
		await expect(bench.stream.start()).rejects.toMatchObject({ status });
		expect(server.asked).toBe(1);
	});

	it('WS-03 status 500 is no end for a stream that has worked', async () => {
		await bench.stream.start();
		server.infos.push({ status: 500 });
		server.cut();
		await until(() => server.accepted.length === 2 && bench.stream.status.state === 'connected');
		expect(server.asked).toBe(3);
	});

	it.each([404, 429, 503])('WS-03 after status %i it tries again', async (status) => {
		server.infos.push({ status });
		await bench.stream.start();
		expect(server.asked).toBe(2);
	});

	it('WS-03 a refusal in an answer of 200 is final and shows the words of the service', async () => {
		server.infos.push({ status: 200, body: { status: 'error', payload: { message: 'Unknown client' } } });
		await expect(bench.stream.start()).rejects.toThrow(/Unknown client/);
		expect(server.asked).toBe(1);
	});

	it('WS-04 a refused dial and a refused upgrade get a new endpoint each, and never two sockets', async () => {
		server.upgrades.push('refuse', 'elsewhere', 'refuse');
		await bench.stream.start();
		expect([server.asked, server.mostOpen]).toEqual([4, 1]);
		expect(server.dialled).toEqual(['/ws/1', '/ws/3', '/ws/4']);
	});

	it('WS-05 no endpoint is dialled twice', async () => {
		await bench.stream.start();
		for (let count = 2; count <= 4; count += 1) {
			server.cut();
			await until(() => server.accepted.length === count && bench.stream.status.state === 'connected');
		}
		expect(new Set(server.dialled).size).toBe(server.dialled.length);
	});

	it('WS-06 an upgrade that is never answered is given up, and its connection is gone', async () => {
		await bench.close();
		bench = new StreamBench(server.url, open, { limits: { handshakeMs: 20_000 } });
		server.upgrades.push('hang');
		await bench.stream.start();
		expect(server.dialled).toEqual(['/ws/1', '/ws/2']);
		const [tcp] = server.hanging;
		await until(() => tcp?.destroyed === true);
	});

	it('WS-07 a socket that opens without a frame is not called connected', async () => {
		await bench.close();
		bench = new StreamBench(server.url, open, { limits: { firstFrameMs: 20_000 } });
		server.upgrades.push('mute');
		await bench.stream.start();
		expect(bench.statuses.map(({ state }) => state)).toEqual([
			'connecting',
			'waiting',
			'connecting',
			'connected',
		]);
	});

	it('WS-11 a socket that is given up inside the call that opens it calls nobody', async () => {
		const called: string[] = [];
		const note = (what: string) => () => void called.push(what);
		const url = `${server.url.replace('http', 'ws')}/ws/early`;
		open(url, {}, { open: note('open'), message: note('message'), close: note('close') }).destroy();
		await sleep(100);
		expect([called, server.open]).toEqual([[], []]);
	});

	it('WS-13 stopped while the endpoint is fetched nothing opens later', async () => {
		server.infos.push('hang');
		const started = bench.stream.start();
		await until(() => server.asked === 1);
		await bench.stream.stop();
		await expect(started).rejects.toMatchObject({ code: 'CONVOFLOW_ABORTED' });
		expect(server.dialled).toEqual([]);
	});

	it('WS-14 stopped while it waits it ends at once', async () => {
		await bench.close();
		bench = new StreamBench(server.url, open, { speed: 1 });
		server.infos.push({ status: 503 });
		const started = bench.stream.start();
		await until(() => bench.waits.length === 1);
		const beganMs = Date.now();
		await bench.stream.stop();
		expect(Date.now() - beganMs).toBeLessThan(bench.waits[0] ?? 0);
		await expect(started).rejects.toMatchObject({ code: 'CONVOFLOW_ABORTED' });
		expect(server.asked).toBe(1);
	});

	it('WS-15 stopped during the handshake it leaves no connection', async () => {
		server.upgrades.push('hang');
		const started = bench.stream.start();
		await until(() => server.hanging.length === 1);
		await bench.stream.stop();
		await expect(started).rejects.toMatchObject({ code: 'CONVOFLOW_ABORTED' });
		const [tcp] = server.hanging;
		await until(() => tcp?.destroyed === true);
	});

	it('WS-16 stopping twice, and again while it stops, resolves', async () => {
		await bench.stream.start();
		await Promise.all([bench.stream.stop(), bench.stream.stop()]);
		await bench.stream.stop();
		await until(() => server.open.length === 0);
	});

	it('WS-17 stopped and started anew there is one connection', async () => {
		await bench.stream.start();
		const stopped = bench.stream.stop();
		const next = new StreamBench(server.url, open);
		await Promise.all([stopped, next.stream.start()]);
		await until(() => server.open.length === 1);
		server.send(said('still here'));
		await until(() => next.texts.length === 1);
		expect(bench.texts).toEqual([]);
		await next.close();
	});
}
