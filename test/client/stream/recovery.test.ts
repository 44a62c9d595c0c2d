import {
	FlowAiSocketClient,
	FlowAiStream,
	readPosition,
	type JsonObject,
	type JsonValue,
} from '@convoflow/client';
import fc from 'fast-check';
import { fakePorts } from '../../support/fake-ports';
import { FakeSockets } from '../../support/fake-sockets';
import { VirtualClock } from '../../support/virtual-clock';
import { FakeThread, numberIn, SHAPE, type ThreadShape } from './fake-thread';

interface Bench {
	readonly thread: FakeThread;
	readonly stream: FlowAiStream;
	readonly clock: VirtualClock;
	readonly sockets: FakeSockets;
	/** Numbers inside the messages that were put out. */
	readonly numbers: number[];
	readonly outputs: JsonObject[];
	readonly gaps: JsonObject[];
	/** Lets time pass in small steps while the service answers. */
	readonly pass: (ms: number) => Promise<void>;
	cut(): void;
}

/** A thread that lives on when the process that listens to it ends. */
type Service = Pick<Bench, 'thread' | 'clock' | 'sockets'>;

async function serviceOf(shape: Partial<ThreadShape>, before: number): Promise<Service> {
	const sockets = new FakeSockets();
	const clock = new VirtualClock();
	const thread = new FakeThread({ ...SHAPE, ...shape }, clock, sockets);
	for (let count = 0; count < before; count += 1) thread.say();
	await clock.advance(1_000);
	return { thread, clock, sockets };
}

async function listening(shape: Partial<ThreadShape> = {}, before = 0): Promise<Bench> {
	return await listenTo(await serviceOf(shape, before));
}

/** @param stored a position that an earlier process has kept */
async function listenTo({ thread, clock, sockets }: Service, stored?: JsonValue): Promise<Bench> {
	const ports = fakePorts([thread.request], { clock, openSocket: sockets.open });
	const client = new FlowAiSocketClient(ports, { baseUrl: 'https://sdk.flow.ai', clientId: 'client-1' });
	const outputs: JsonObject[] = [];
	const gaps: JsonObject[] = [];
	const stream = new FlowAiStream(ports, client, {
		threadId: 't-1',
		onEvent: (kind, output) => {
			if (kind === 'message') outputs.push(output);
			if (kind === 'gap') gaps.push(output);
		},
		position: readPosition(stored),
	});
	stream.listen();
	stream.start().catch(() => undefined);
	const pass = async (ms: number): Promise<void> => {
		for (let left = ms; left > 0; left -= 50) {
			await clock.advance(Math.min(50, left));
			thread.serve();
		}
		await clock.advance(0);
	};
	await pass(3_000);
	return {
		...{ thread, stream, clock, sockets, outputs, gaps, pass },
		get numbers() {
			return outputs.map(numberIn);
		},
		cut: () => sockets.live.forEach((socket) => socket.drop()),
	};
}

const range = (from: number, to: number): number[] =>
	Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Says some things, one every few ms. */
async function say({ thread, pass }: Bench, count: number): Promise<void> {
	for (let said = 0; said < count; said += 1) {
		thread.say();
		await pass(10);
	}
}

describe.each([
	['with ids', { ids: true }],
	['without ids, with times', { ids: false, frameTimes: true }],
	['without ids, times in the history only', { ids: false }],
	['without ids and times', { ids: false, historyTimes: false }],
	['newest first', { newestFirst: true }],
] as const)('WS-26: what is missed while the connection is down (%s)', (_name, shape) => {
	it('comes from the history, once and in order', async () => {
		const made = await listening(shape, 5);
		await say(made, 3);
		made.cut();
		await say(made, 4);
		await made.pass(5_000);
		await say(made, 2);
		expect(made.numbers).toEqual(range(6, 14));
		expect(made.outputs.map(({ recovered }) => recovered)).toEqual([
			...Array<boolean>(3).fill(false),
			...Array<boolean>(4).fill(true),
			...Array<boolean>(2).fill(false),
		]);
		expect(made.gaps).toEqual([]);
		await made.stream.stop();
		expect(made.clock.pending).toBe(0);
	});

	it('comes before what is said while the history is read', async () => {
		const made = await listening({ ...shape, historyMs: 400, lagMs: 30 }, 5);
		await say(made, 3);
		made.cut();
		await say(made, 2);
		while (made.sockets.live.length === 0) await made.pass(50);
		await say(made, 12);
		await made.pass(5_000);
		expect(made.numbers).toEqual(range(6, 22));
		await made.stream.stop();
	});

	it('WS-28: is announced as a gap where the history does not reach back far enough', async () => {
		const made = await listening(shape, 25);
		await say(made, 3);
		made.cut();
		await say(made, 30);
		await made.pass(5_000);
		expect(made.numbers).toEqual([...range(26, 28), ...range(39, 58)]);
		expect(made.gaps).toMatchObject([{ event: 'gap', threadId: 't-1' }]);
		await made.stream.stop();
	});

	it('WS-28: is announced as a gap when the history cannot be read, which does not end the connection', async () => {
		const made = await listening(shape, 5);
		await say(made, 3);
		made.thread.isHistoryBroken = true;
		made.cut();
		await say(made, 2);
		await made.pass(5_000);
		await say(made, 2);
		expect(made.numbers).toEqual([6, 7, 8, 11, 12]);
		expect(made.gaps).toHaveLength(1);
		expect(made.sockets.all).toHaveLength(2);
		made.thread.isHistoryBroken = false;
		made.cut();
		await say(made, 2);
		await made.pass(5_000);
		expect(made.numbers).toEqual([6, 7, 8, 11, 12, 13, 14]);
		expect(made.gaps).toHaveLength(1);
		await made.stream.stop();
	});

	it('leaves out what was there before the start', async () => {
		const made = await listening(shape, 25);
		made.cut();
		await made.pass(5_000);
		expect([made.numbers, made.gaps]).toEqual([[], []]);
		await made.stream.stop();
	});
});

/** Ends the process that listens. @returns its position, as JSON keeps it */
async function ended({ stream }: Bench): Promise<JsonValue> {
	const kept = JSON.parse(JSON.stringify(stream.position)) as JsonValue;
	await stream.stop();
	return kept;
}

describe.each([
	['with ids', { ids: true }],
	['with ids, without times', { ids: true, historyTimes: false }],
	['without ids, with times', { ids: false, frameTimes: true }],
	['without ids, times in the history only', { ids: false }],
	['without ids and times', { ids: false, historyTimes: false }],
	['newest first', { newestFirst: true }],
	['a long history', { window: 1_000 }],
] as const)('what is missed while nobody listens (%s)', (_name, shape) => {
	it('comes from the history once someone does again, once and in order', async () => {
		const first = await listening(shape, 70);
		await say(first, 3);
		const position = await ended(first);
		await say(first, 4);
		await first.pass(60_000);
		const second = await listenTo(first, position);
		await say(second, 2);
		expect([...first.numbers, ...second.numbers]).toEqual(range(71, 79));
		expect(second.gaps).toEqual([]);
		const third = await listenTo(first, await ended(second));
		await say(third, 1);
		expect(third.numbers).toEqual([80]);
		await third.stream.stop();
	});

	it('is announced as a gap where the history does not reach back far enough', async () => {
		const first = await listening({ ...shape, window: 20 }, 25);
		await say(first, 3);
		const position = await ended(first);
		await say(first, 30);
		const second = await listenTo(first, position);
		expect(second.numbers).toEqual(range(39, 58));
		expect(second.gaps).toMatchObject([{ event: 'gap', threadId: 't-1' }]);
		await second.stream.stop();
	});

	it('is announced as a gap where the history cannot be read', async () => {
		const first = await listening(shape, 5);
		await say(first, 1);
		const position = await ended(first);
		await say(first, 2);
		first.thread.isHistoryBroken = true;
		const second = await listenTo(first, position);
		await say(second, 1);
		expect([second.numbers, second.gaps.length]).toEqual([[9], 1]);
		await second.stream.stop();
	});

	it('is known from the first connection on, before anything was said', async () => {
		const first = await listening(shape, 0);
		const position = await ended(first);
		await first.pass(1_000);
		await say(first, 2);
		const second = await listenTo(first, position);
		expect([second.numbers, second.gaps]).toEqual([[1, 2], []]);
		await second.stream.stop();
	});
});

it.each([null, {}, { untilMs: 'soon' }, [1], 'x'])(
	'begins anew with a position that is none: %j',
	async (stored) => {
		const made = await listenTo(await serviceOf({}, 5), stored);
		await say(made, 1);
		expect([made.numbers, made.gaps]).toEqual([[6], []]);
		await made.stream.stop();
	},
);

it('names the time of a gap', async () => {
	const made = await listening({}, 25);
	const from = made.clock.now();
	made.cut();
	await say(made, 30);
	const to = made.thread.said.at(-20)?.atMs ?? 0;
	await made.pass(5_000);
	expect(made.gaps).toMatchObject([
		{ from: expect.stringMatching(/Z$/) as string, to: new Date(to).toISOString() },
	]);
	expect(Date.parse(made.gaps[0]?.['from'] as string)).toBeLessThanOrEqual(from);
	await made.stream.stop();
});

it('says nothing twice when the service sends a frame twice with its id', async () => {
	const made = await listening();
	await say(made, 1);
	const frame = { ...(made.outputs[0]?.['body'] as JsonObject) };
	made.sockets.last.receive(frame);
	expect(made.numbers).toEqual([1]);
	await made.stream.stop();
});

it('leaves out the words of the end user, which do not come over the stream either', async () => {
	const made = await listening();
	made.cut();
	made.thread.say('user');
	made.thread.say();
	await made.pass(5_000);
	expect(made.numbers).toEqual([2]);
	await made.stream.stop();
});

/** What can happen to a thread. */
const act = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({ act: fc.constant('say' as const), count: fc.integer({ min: 1, max: 6 }) }),
	},
	{ weight: 3, arbitrary: fc.record({ act: fc.constant('cut' as const), count: fc.constant(1) }) },
	{
		weight: 4,
		arbitrary: fc.record({ act: fc.constant('pass' as const), count: fc.integer({ min: 1, max: 40 }) }),
	},
	{ weight: 1, arbitrary: fc.record({ act: fc.constant('hear' as const), count: fc.constant(1) }) },
);

/** Runs a random life of a thread to its end. */
async function live(
	shape: Partial<ThreadShape>,
	before: number,
	acts: readonly { act: string; count: number }[],
) {
	const made = await listening(shape, before);
	for (const { act: what, count } of acts) {
		if (what === 'say') for (let said = 0; said < count; said += 1) made.thread.say();
		if (what === 'hear') made.thread.say('user');
		if (what === 'cut') made.cut();
		await made.pass(what === 'pass' ? count * 100 : 10);
	}
	await made.pass(40_000);
	await made.stream.stop();
	const spoken = made.thread.said.slice(before).filter(({ role }) => role === 'bot');
	const inGap = (atMs: number): boolean =>
		made.gaps.some(({ from, to }) => atMs >= Date.parse(from as string) && atMs <= Date.parse(to as string));
	const lost = spoken.filter(({ number, atMs }) => !made.numbers.includes(number) && !inGap(atMs));
	return { ...made, numbers: made.numbers, spoken: spoken.map(({ number }) => number), lost };
}

it('does not take what was on its way at a cut for the same words that came later', async () => {
	const shape = { ids: false, historyTimes: false, lagMs: 30, historyMs: 700, phrases: 1 };
	const jitter = jest.spyOn(Math, 'random').mockReturnValue(0);
	const { numbers } = await live(shape, 0, [
		{ act: 'say', count: 1 },
		{ act: 'cut', count: 1 },
		{ act: 'pass', count: 7 },
		{ act: 'say', count: 5 },
	]);
	jitter.mockRestore();
	expect(new Set(numbers)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
});

const lags = { lagMs: fc.constantFrom(0, 30, 200), historyMs: fc.constantFrom(0, 60, 700) };

it('with ids: nothing is lost, repeated or out of order, whatever happens', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.record({ ...lags, window: fc.constantFrom(20, 1_000), phrases: fc.constantFrom(1, 3, Infinity) }),
			fc.integer({ min: 0, max: 30 }),
			fc.array(act, { maxLength: 25 }),
			async (shape, before, acts) => {
				const { numbers, spoken, lost, gaps } = await live({ ...shape, ids: true }, before, acts);
				expect(lost).toEqual([]);
				expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
				if (gaps.length === 0) expect(numbers).toEqual(spoken);
			},
		),
		{ numRuns: 60 },
	);
}, 60_000);

it('without ids: nothing is lost without a gap being announced; contents that differ come once', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.record({
				...lags,
				frameTimes: fc.boolean(),
				historyTimes: fc.boolean(),
				window: fc.constantFrom(20, 1_000),
				phrases: fc.constantFrom(1, 3, Infinity),
			}),
			fc.integer({ min: 0, max: 30 }),
			fc.array(act, { maxLength: 25 }),
			async (shape, before, acts) => {
				const { numbers, spoken, lost, gaps } = await live({ ...shape, ids: false }, before, acts);
				if (shape.phrases === Infinity) {
					expect(lost).toEqual([]);
					if (gaps.length === 0) expect(numbers).toEqual(spoken);
				} else if (gaps.length === 0) {
					// Which of two equal messages came cannot be seen, so they are counted.
					const count = (list: readonly number[], phrase: number): number =>
						list.filter((number) => number % shape.phrases === phrase).length;
					for (const phrase of [0, 1, 2]) {
						expect(count(numbers, phrase)).toBeGreaterThanOrEqual(count(spoken, phrase));
					}
				}
			},
		),
		{ numRuns: 60 },
	);
}, 60_000);
