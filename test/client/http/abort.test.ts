import { getEventListeners } from 'node:events';
import { FLOW_AI, HttpClient, type Call } from '@convoflow/client';
import { answer, fakePorts, hang, rejection, text } from '../../support/fake-ports';

const READ: Call = { method: 'GET', path: '/things', effect: 'read' };
const BASE = { baseUrl: 'https://api.example.test' };
const ABORTED = { code: 'CONVOFLOW_ABORTED' };

describe('HTTP-16 a stop by the caller', () => {
	it('before the call asks nothing', async () => {
		const ports = fakePorts([answer({})]);
		const error = await rejection(
			new HttpClient(ports, FLOW_AI, BASE).json({ ...READ, signal: AbortSignal.abort() }),
		);
		expect(error).toMatchObject(ABORTED);
		expect(ports.requests).toHaveLength(0);
	});

	it('during the back-off ends the call at once, without a further attempt', async () => {
		const ports = fakePorts([text('', 500)]);
		const stop = new AbortController();
		const work = rejection(new HttpClient(ports, FLOW_AI, BASE).json({ ...READ, signal: stop.signal }));
		await ports.clock.advance(0);
		expect(ports.clock.pending).toBe(1);
		stop.abort();
		expect(await work).toMatchObject(ABORTED);
		expect(ports.requests).toHaveLength(1);
		expect(ports.clock.pending).toBe(0);
		expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
	});

	it('during a wait on request of the service ends the call at once', async () => {
		const ports = fakePorts([text('', 429, { 'retry-after': '30' })]);
		const stop = new AbortController();
		const work = rejection(new HttpClient(ports, FLOW_AI, BASE).json({ ...READ, signal: stop.signal }));
		await ports.clock.advance(1_000);
		stop.abort();
		expect(await work).toMatchObject(ABORTED);
		expect(ports.requests).toHaveLength(1);
	});

	it.each(['read', 'send'] as const)('during the request of a %s ends it, not repeated', async (effect) => {
		const ports = fakePorts([hang]);
		const stop = new AbortController();
		const work = rejection(
			new HttpClient(ports, FLOW_AI, BASE).json({ ...READ, effect, signal: stop.signal }),
		);
		await ports.clock.advance(0);
		stop.abort();
		expect(await work).toMatchObject(ABORTED);
		expect(ports.requests).toHaveLength(1);
		expect(ports.requests[0]?.signal.aborted).toBe(true);
	});

	it('leaves no listener behind after a call that went well', async () => {
		const ports = fakePorts([text('', 500), answer({})]);
		const stop = new AbortController();
		await ports.clock.run(new HttpClient(ports, FLOW_AI, BASE).json({ ...READ, signal: stop.signal }));
		expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
	});
});

describe('HTTP-17 the total time', () => {
	it('beats the attempts that are left', async () => {
		const ports = fakePorts([text('', 500)]);
		const policy = { retries: 50, totalMs: 4_000 };
		const work = new HttpClient(ports, FLOW_AI, { ...BASE, policy }).json(READ);
		expect(await rejection(ports.clock.run(work))).toMatchObject({ code: 'FLOWAI_UNAVAILABLE' });
		expect((ports.times.at(-1) ?? 0) - (ports.times[0] ?? 0)).toBeLessThan(4_000);
	});

	it('limits each attempt to what is left of it', async () => {
		const ports = fakePorts([
			async () => {
				await ports.clock.sleep(3_000);
				return text('', 500);
			},
			answer({}),
		]);
		const policy = { totalMs: 10_000 };
		const http = new HttpClient(ports, FLOW_AI, { ...BASE, timeoutMs: 9_000, policy });
		await ports.clock.run(http.json(READ));
		const [first, second] = ports.requests.map(({ timeoutMs }) => timeoutMs);
		expect(first).toBe(9_000);
		expect(second).toBeLessThanOrEqual(6_750);
	});

	it('ends an attempt that never answers', async () => {
		const ports = fakePorts([hang]);
		const http = new HttpClient(ports, FLOW_AI, { ...BASE, retries: 0, policy: { totalMs: 30 } });
		expect(await rejection(http.json(READ))).toMatchObject({ code: 'FLOWAI_TIMEOUT' });
	});
});
