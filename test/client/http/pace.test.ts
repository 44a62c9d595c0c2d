import { FLOW_AI, HttpClient, Pace, Traffic, type Call } from '@convoflow/client';
import { answer, fakePorts, rejection, text, type FakePorts } from '../../support/fake-ports';

const READ: Call = { method: 'GET', path: '/things', effect: 'read' };
const BASE = { baseUrl: 'https://api.example.test' };
const calls = (http: HttpClient, count: number, more: Partial<Call> = {}): Promise<unknown[]> =>
	Promise.all(Array.from({ length: count }, (_, n) => http.json({ ...READ, path: `/${n}`, ...more })));

/** Times between a request and the next one, in ms. */
function gaps({ times }: FakePorts): number[] {
	return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

describe('requests per second', () => {
	it('keep requests apart, in the order in which they were asked for', async () => {
		const ports = fakePorts([answer({})]);
		const http = new HttpClient(ports, FLOW_AI, { ...BASE, requestsPerSecond: 4 });
		await ports.clock.run(calls(http, 6));
		expect(gaps(ports)).toEqual([250, 250, 250, 250, 250]);
		expect(ports.requests.map(({ url }) => url.at(-1))).toEqual(['0', '1', '2', '3', '4', '5']);
	});

	it('count repeats too, and a break is no credit for later', async () => {
		const ports = fakePorts([text('', 500), answer({})]);
		const http = new HttpClient(ports, FLOW_AI, {
			...BASE,
			requestsPerSecond: 0.5,
			policy: { baseDelayMs: 1 },
		});
		await ports.clock.run(http.json(READ));
		expect(gaps(ports)).toEqual([2_000]);
		await ports.clock.advance(60_000);
		await ports.clock.run(calls(http, 2));
		expect(gaps(ports).at(-1)).toBe(2_000);
	});

	it('do not eat up the time that a call has', async () => {
		const ports = fakePorts([answer({})]);
		const http = new HttpClient(ports, FLOW_AI, {
			...BASE,
			requestsPerSecond: 0.1,
			policy: { totalMs: 15_000 },
		});
		await ports.clock.run(calls(http, 4));
		expect(gaps(ports)).toEqual([10_000, 10_000, 10_000]);
		expect(ports.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([15_000, 15_000, 15_000, 15_000]);
	});

	it('are shared by the clients of one pace and by no other', async () => {
		const ports = fakePorts([answer({})]);
		const shared = { ...BASE, requestsPerSecond: 1, pace: new Pace() };
		const [one, two] = [new HttpClient(ports, FLOW_AI, shared), new HttpClient(ports, FLOW_AI, shared)];
		const other = new HttpClient(ports, FLOW_AI, BASE);
		await ports.clock.run(Promise.all([calls(one, 1), calls(two, 1), calls(other, 3)]));
		expect([...ports.times].sort((a, b) => a - b).map((time) => time - (ports.times[0] ?? 0))).toEqual([
			0, 0, 0, 0, 1_000,
		]);
	});

	it('end at once for calls that are stopped, which use up no turn', async () => {
		const ports = fakePorts([answer({})]);
		const http = new HttpClient(ports, FLOW_AI, { ...BASE, requestsPerSecond: 1 });
		const stop = new AbortController();
		await http.json(READ);
		const stopped = Array.from({ length: 5 }, () => rejection(http.json({ ...READ, signal: stop.signal })));
		const waiting = http.json(READ);
		await ports.clock.advance(100);
		stop.abort();
		for (const error of await Promise.all(stopped))
			expect(error).toMatchObject({ code: 'CONVOFLOW_ABORTED' });
		await ports.clock.run(waiting);
		expect(gaps(ports)).toEqual([1_000]);
	});

	it('go on beside a wait that the service asks for', async () => {
		const ports = fakePorts([text('', 429, { 'retry-after': '5' }), answer({})]);
		const http = new HttpClient(ports, FLOW_AI, { ...BASE, requestsPerSecond: 1 });
		const work = calls(http, 3);
		await ports.clock.run(work);
		const [first = 0, ...later] = ports.times;
		for (const time of later) expect(time - first).toBeGreaterThanOrEqual(5_000);
		for (const gap of gaps(ports)) expect(gap).toBeGreaterThanOrEqual(1_000);
	});
});

it('a wait that the service asks for holds for every client that shares it', async () => {
	const ports = fakePorts([text('', 429, { 'retry-after': '9' }), answer({})]);
	const shared = { ...BASE, traffic: new Traffic() };
	await rejection(new HttpClient(ports, FLOW_AI, { ...shared, retries: 0 }).json(READ));
	await ports.clock.run(new HttpClient(ports, FLOW_AI, shared).json(READ));
	expect(gaps(ports)[0]).toBeGreaterThanOrEqual(9_000);
});

it('a longer time-out and more repeats get the time that they need', async () => {
	const ports = fakePorts([answer({})]);
	await new HttpClient(ports, FLOW_AI, { ...BASE, timeoutMs: 600_000 }).json(READ);
	expect(ports.requests[0]?.timeoutMs).toBe(600_000);
	const failing = fakePorts([text('', 500)]);
	const http = new HttpClient(failing, FLOW_AI, {
		...BASE,
		retries: 10,
		policy: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
	});
	await failing.clock.run(rejection(http.json(READ)));
	expect(failing.requests).toHaveLength(11);
});
