import { FLOW_AI, HttpClient, Traffic, type Call } from '@convoflow/client';
import { answer, fakePorts, rejection, text } from '../../support/fake-ports';

const READ: Call = { method: 'GET', path: '/things', effect: 'read' };
const BASE = { baseUrl: 'https://api.example.test' };

describe('HTTP-04 Retry-After', () => {
	it('is waited for, with jitter on top only', async () => {
		const ports = fakePorts([text('', 429, { 'retry-after': '2' }), answer({})]);
		await ports.clock.run(new HttpClient(ports, FLOW_AI, BASE).json(READ));
		const waitedMs = (ports.times[1] ?? 0) - (ports.times[0] ?? 0);
		expect(waitedMs).toBeGreaterThanOrEqual(2_000);
		expect(waitedMs).toBeLessThanOrEqual(2_500);
	});

	it.each([429, 503])('of status %i holds for the other calls of the client too', async (status) => {
		const ports = fakePorts([text('', status, { 'retry-after': '2' }), answer({})]);
		const http = new HttpClient(ports, FLOW_AI, BASE);
		const first = http.json(READ);
		await ports.clock.advance(10);
		const second = http.json({ ...READ, path: '/others' });
		await ports.clock.run(Promise.all([first, second]));
		expect(ports.requests.map(({ url }) => new URL(url).pathname).sort()).toEqual([
			'/others',
			'/things',
			'/things',
		]);
		for (const time of ports.times.slice(1)) {
			expect(time - (ports.times[0] ?? 0)).toBeGreaterThanOrEqual(2_000);
		}
	});

	it('holds for other calls even when the call that met it gives up', async () => {
		const ports = fakePorts([text('', 429, { 'retry-after': '5' }), answer({})]);
		const http = new HttpClient(ports, FLOW_AI, { ...BASE, retries: 0 });
		expect(await rejection(http.json(READ))).toMatchObject({ retryAfterMs: 5_000 });
		await ports.clock.run(http.json(READ));
		expect((ports.times[1] ?? 0) - (ports.times[0] ?? 0)).toBeGreaterThanOrEqual(5_000);
	});

	it('that grows while a call waits is waited for as well', async () => {
		const ports = fakePorts([
			async () => {
				await ports.clock.sleep(1_000);
				return text('', 429, { 'retry-after': '10' });
			},
			text('', 429, { 'retry-after': '2' }),
			answer({}),
		]);
		const http = new HttpClient(ports, FLOW_AI, BASE);
		const slow = http.json(READ);
		await ports.clock.advance(1);
		await ports.clock.run(Promise.all([slow, http.json(READ)]));
		const [first = 0, , ...repeats] = ports.times;
		expect(repeats).toHaveLength(2);
		for (const time of repeats) expect(time - first).toBeGreaterThanOrEqual(11_000);
	});

	it('longer than the time of a call fails that call at once, before any request', async () => {
		const ports = fakePorts([text('', 429, { 'retry-after': '50' }), answer({})]);
		const policy = { totalMs: 10_000 };
		const http = new HttpClient(ports, FLOW_AI, { ...BASE, policy });
		expect(await rejection(http.json(READ))).toMatchObject({ code: 'FLOWAI_RATE_LIMITED' });
		const error = await rejection(http.json(READ));
		expect(error).toMatchObject({ code: 'FLOWAI_RATE_LIMITED', method: 'GET', path: '/things' });
		expect((error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(40_000);
		expect(ports.requests).toHaveLength(1);
		expect(ports.clock.slept).toEqual([]);
	});

	it('of one client does not hold back another', async () => {
		const ports = fakePorts([text('', 429, { 'retry-after': '9' }), answer({})]);
		await rejection(new HttpClient(ports, FLOW_AI, { ...BASE, retries: 0 }).json(READ));
		await new HttpClient(ports, FLOW_AI, BASE).json(READ);
		expect(ports.clock.slept).toEqual([]);
	});

	it.each(['-5', '0x10', '', 'later'])('HTTP-06 that reads %j leaves the usual waits', async (header) => {
		const ports = fakePorts([text('', 429, { 'retry-after': header }), answer({})]);
		await ports.clock.run(new HttpClient(ports, FLOW_AI, BASE).json(READ));
		expect(ports.requests).toHaveLength(2);
		expect((ports.times[1] ?? 0) - (ports.times[0] ?? 0)).toBeLessThanOrEqual(500);
	});

	it('HTTP-05 of 0 is an attempt like any other', async () => {
		const ports = fakePorts([text('', 429, { 'retry-after': '0' })]);
		const error = await rejection(ports.clock.run(new HttpClient(ports, FLOW_AI, BASE).json(READ)));
		expect(error).toMatchObject({ code: 'FLOWAI_RATE_LIMITED', retryAfterMs: 0 });
		expect(ports.requests).toHaveLength(3);
	});
});

describe('A service that takes only so many calls at once', () => {
	/** Answers after 20 ms, and refuses what is more than `limit` at once. */
	function limited(limit: number) {
		const counts = { underWay: 0, refused: 0, most: 0 };
		const ports = fakePorts([
			async () => {
				counts.underWay += 1;
				counts.most = Math.max(counts.most, counts.underWay);
				const isRefused = counts.underWay > limit;
				await ports.clock.sleep(20);
				counts.underWay -= 1;
				if (isRefused) counts.refused += 1;
				return isRefused ? text('', 429) : answer({});
			},
		]);
		return { ports, counts };
	}

	it('is called by fewer at once after it has refused, and loses none of them', async () => {
		const { ports, counts } = limited(8);
		const http = new HttpClient(ports, FLOW_AI, { ...BASE, policy: { retries: 8 } });
		await ports.clock.run(Promise.all(Array.from({ length: 64 }, async () => await http.json(READ))));
		const before = counts.refused;
		await ports.clock.run(Promise.all(Array.from({ length: 200 }, async () => await http.json(READ))));
		// All but eight of the first round alone would be more than that, if all of it went out at once.
		expect(counts.refused - before).toBeLessThan(100);
		expect(before).toBeGreaterThanOrEqual(56);
	});

	it.each([8, 32])('is used to nearly its limit of %i, once that is known', async (limit) => {
		const { ports, counts } = limited(limit);
		const http = new HttpClient(ports, FLOW_AI, { ...BASE, policy: { retries: 8 } });
		let left = 0;
		const callAll = async (calls: number): Promise<number> => {
			left = calls;
			const startedMs = ports.now();
			const caller = async (): Promise<void> => {
				while (left > 0) {
					left -= 1;
					await http.json(READ);
				}
			};
			await ports.clock.run(Promise.all(Array.from({ length: 8 * limit }, caller)));
			return ports.now() - startedMs;
		};
		// Until the limit is found, calls are refused and wait.
		await callAll(1_000);
		const before = counts.refused;
		const calls = 4_000;
		const leastMs = (calls / limit) * 20;
		expect(await callAll(calls)).toBeLessThan(1.25 * leastMs);
		expect(counts.refused - before).toBeLessThan(calls / 20);
	});

	it('is called by as many as come while it refuses none', async () => {
		const { ports, counts } = limited(Infinity);
		const http = new HttpClient(ports, FLOW_AI, BASE);
		await ports.clock.run(Promise.all(Array.from({ length: 200 }, async () => await http.json(READ))));
		expect(counts.most).toBe(200);
	});

	it('is called by fewer still when it refuses again what has waited as long as it asked', async () => {
		const traffic = new Traffic();
		for (let others = 0; others < 7; others += 1) await traffic.enter(undefined);
		const refusal = text('', 429, { 'retry-after': '1' });
		const ports = fakePorts([
			() => {
				for (let others = 0; others < 7; others += 1) traffic.leave();
				return Promise.resolve(refusal);
			},
			refusal,
			answer({}),
		]);
		await ports.clock.run(new HttpClient(ports, FLOW_AI, { ...BASE, traffic }).json(READ));
		expect(traffic.most).toBeLessThan(3);
	});

	it('lets a call that is stopped while it waits for a place go, and the others in their order', async () => {
		const { ports } = limited(1);
		const traffic = new Traffic();
		const http = new HttpClient(ports, FLOW_AI, { ...BASE, traffic });
		await traffic.enter(undefined);
		traffic.refused(0, 1);
		const stop = new AbortController();
		const stopped = http.json({ ...READ, signal: stop.signal });
		const next = http.json(READ);
		stop.abort();
		expect(await rejection(stopped)).toMatchObject({ code: 'CONVOFLOW_ABORTED' });
		expect(ports.requests).toHaveLength(0);
		traffic.leave();
		await ports.clock.run(next);
		expect(ports.requests).toHaveLength(1);
	});

	it('is called by all again once it has taken calls for long enough', () => {
		const traffic = new Traffic();
		traffic.refused(0, 1);
		expect(traffic.most).toBe(1);
		for (let answers = 0; answers < 600_000; answers += 1) traffic.accepted();
		expect(traffic.most).toBe(Infinity);
	});
});
