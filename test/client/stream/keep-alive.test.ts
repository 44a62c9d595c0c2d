import { ConvoflowError, type Ports } from '@convoflow/client';
import { fakePorts, rejection } from '../../support/fake-ports';
import { FakeSockets } from '../../support/fake-sockets';
import { FlowAiSocketClient, FlowAiStream } from '@convoflow/client';
import { bench, connected, endpoint, received, type Bench } from './stream-bench';

const whys = ({ statuses }: Bench): string[] =>
	statuses.flatMap((status) => (status.state === 'waiting' ? [status.why] : []));

describe('opening', () => {
	it.each([
		[1006, '', 'the stream could not be opened (1006)'],
		[
			1002,
			'Unexpected server response: 409',
			'the stream could not be opened (1002, Unexpected server response: 409)',
		],
	])('WS-04 a dial that fails with %i gets a new address, never two sockets', async (code, reason, why) => {
		const made = bench();
		const started = rejection(made.stream.start());
		for (let round = 1; round <= 4; round += 1) {
			await made.ports.clock.advance(0);
			expect(made.sockets.live).toHaveLength(1);
			expect(made.sockets.all).toHaveLength(round);
			made.sockets.last.drop(code, reason);
			await made.ports.clock.advance(0);
			const { status } = made.stream;
			await made.ports.clock.advance(status.state === 'waiting' ? status.retryInMs : 0);
		}
		expect(new Set(made.sockets.all.map(({ url }) => url)).size).toBe(5);
		expect(whys(made)[0]).toBe(why);
		await made.stream.stop();
		await started;
	});

	it('WS-06 an upgrade that is never answered is given up after the limit, and its socket destroyed', async () => {
		const made = bench();
		const started = rejection(made.stream.start());
		await made.ports.clock.advance(9_999);
		expect(made.sockets.live).toHaveLength(1);
		await made.ports.clock.advance(1);
		expect(made.sockets.live).toHaveLength(0);
		expect(made.sockets.last.destroyed).toBe(1);
		expect(whys(made)).toEqual(['the stream could not be opened (no answer in time)']);
		await made.stream.stop();
		await started;
	});

	it('WS-07 a socket that opens but never speaks is not called connected', async () => {
		const made = bench();
		const started = rejection(made.stream.start());
		await made.ports.clock.advance(0);
		made.sockets.last.open();
		await made.ports.clock.advance(10_100);
		expect(made.statuses.map(({ state }) => state)).toEqual(['connecting', 'waiting']);
		expect(whys(made)).toEqual(['the stream was opened but stayed silent']);
		expect(made.sockets.live).toHaveLength(0);
		await made.stream.stop();
		await started;
	});

	const dialling = async (openSocket: Ports['openSocket']): Promise<[FlowAiStream, Promise<unknown>]> => {
		const ports = fakePorts([endpoint()], { openSocket });
		const client = new FlowAiSocketClient(ports, { baseUrl: 'https://sdk.flow.ai', clientId: 'client-1' });
		const stream = new FlowAiStream(ports, client, { threadId: 't-1', onEvent: () => undefined });
		const started = rejection(stream.start());
		await ports.clock.advance(0);
		return [stream, started];
	};

	it('WS-04 a dial that throws is one that failed', async () => {
		const [stream, started] = await dialling(() => {
			throw new SyntaxError('invalid URL');
		});
		expect(stream.status).toMatchObject({
			state: 'waiting',
			why: 'the stream could not be opened (invalid URL)',
		});
		await stream.stop();
		expect(await started).toMatchObject({ code: 'CONVOFLOW_ABORTED' });
	});

	it('NODE-17 the words of a host that cannot dial are shown', async () => {
		const [stream, started] = await dialling(() => {
			throw new ConvoflowError('CONVOFLOW_NO_WEB_SOCKET', 'This host has no web socket');
		});
		expect(stream.status).toMatchObject({ state: 'waiting', why: 'This host has no web socket' });
		await stream.stop();
		await started;
	});

	it('WS-11 a socket that closes inside the call that opens it is one outcome', async () => {
		const sockets = new FakeSockets();
		const [stream, started] = await dialling((url, headers, handlers) => {
			const socket = sockets.open(url, headers, handlers);
			sockets.last.drop(1006);
			return socket;
		});
		expect(sockets.all).toHaveLength(1);
		expect(stream.status.state).toBe('waiting');
		await stream.stop();
		await started;
		expect(sockets.live).toHaveLength(0);
	});
});

describe('the keep-alive', () => {
	/** Virtual ms between the pings of a connection that answers each of them. */
	async function pingGaps(duringMs: number, stepMs: number, each: (made: Bench) => void): Promise<number[]> {
		const made = await connected();
		const times: number[] = [];
		let known = made.sockets.last.sent.length;
		for (let passed = 0; passed < duringMs; passed += stepMs) {
			await made.ports.clock.advance(stepMs);
			each(made);
			if (made.sockets.last.sent.length > known) {
				known = made.sockets.last.sent.length;
				times.push(made.ports.clock.now());
				made.sockets.last.receive({ type: 'pong' });
			}
		}
		expect(made.sockets.all).toHaveLength(1);
		expect(made.sockets.last.sent.every((frame) => (frame as { type: string }).type === 'ping')).toBe(true);
		await made.stream.stop();
		return times.slice(1).map((time, index) => time - (times[index] ?? 0));
	}

	it('WS-12 sends a ping at most every 25 s, and not much more often', async () => {
		const gaps = await pingGaps(300_000, 250, () => undefined);
		expect(gaps.length).toBeGreaterThan(10);
		expect(Math.max(...gaps)).toBeLessThanOrEqual(25_000);
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20_000);
	});

	it('WS-12 is not put off by frames received', async () => {
		const gaps = await pingGaps(200_000, 250, (made) => made.sockets.last.receive(received('chatter')));
		expect(Math.max(...gaps)).toBeLessThanOrEqual(25_000);
	});

	it('WS-08 takes a connection for dead about 10 s after a ping without answer', async () => {
		const made = await connected();
		const [first] = made.sockets.all;
		await made.ports.clock.advance(22_000);
		expect(first?.sent).toHaveLength(2);
		await made.ports.clock.advance(9_000);
		expect(made.sockets.live).toEqual([first]);
		await made.ports.clock.advance(1_500);
		expect(first?.destroyed).toBe(1);
		expect(whys(made)).toEqual(['the stream went silent']);
		await made.ports.clock.advance(1_000);
		expect(made.sockets.live).toHaveLength(1);
		expect(made.sockets.live).not.toEqual([first]);
		await made.stream.stop();
	});

	it('WS-09 notices silence within 40 s of the last frame, whenever that came', async () => {
		for (const lastMs of [0, 1, 10_000, 21_900, 21_999]) {
			const made = await connected();
			const [first] = made.sockets.all;
			await made.ports.clock.advance(lastMs);
			first?.receive({ type: 'pong' });
			await made.ports.clock.advance(40_000);
			expect(first?.destroyed).toBe(1);
			await made.stream.stop();
		}
	});

	it('a connection that the service closes is told with its code', async () => {
		const made = await connected();
		made.sockets.last.drop(4000, 'idle');
		await made.ports.clock.advance(0);
		expect(whys(made)).toEqual(['the stream was closed by Flow.ai (4000, idle)']);
		await made.stream.stop();
	});

	it('a socket that cannot send any more is given up', async () => {
		const made = await connected();
		made.sockets.last.isOpen = false;
		await made.ports.clock.advance(22_000);
		expect(whys(made)).toEqual(['the stream broke off (the socket is not open)']);
		expect(made.sockets.last.destroyed + made.sockets.all.length).toBeGreaterThanOrEqual(2);
		await made.stream.stop();
	});
});
