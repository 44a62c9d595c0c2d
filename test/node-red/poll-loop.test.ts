import { setImmediate } from 'node:timers/promises';
import { PollLoop, type CheckEnd } from '../../packages/node-red/src/poll/poll-loop';
import { VirtualClock } from '../support/virtual-clock';

const MINUTE = 60_000;

let clock: VirtualClock;
/** When checks began, ms since the start. */
let began: number[];
let atWork: number;
let ends: ((end: CheckEnd) => void)[];
let signals: AbortSignal[];
beforeEach(() => {
	clock = new VirtualClock(0);
	[began, ends, signals] = [[], [], []];
	atWork = 0;
});

function loop(intervalMs: number, isAtOnce = true): PollLoop {
	return new PollLoop({
		intervalMs,
		now: clock.now,
		random: () => 0.5,
		sleep: clock.sleep,
		check: async (signal) => {
			began.push(clock.now());
			signals.push(signal);
			expect((atWork += 1)).toBe(1);
			const end = isAtOnce
				? { isComplete: true }
				: await new Promise<CheckEnd>((resolve) => {
						ends.push(resolve);
						signal.addEventListener('abort', () => resolve({ isComplete: true }));
					});
			atWork -= 1;
			return end;
		},
	});
}

it('checks soon after the start, a little later than its neighbours, then at its interval', async () => {
	const one = loop(MINUTE);
	one.start();
	await clock.advance(3 * MINUTE);
	expect(began).toEqual([2_500, 2_500 + MINUTE, 2_500 + 2 * MINUTE]);
	await one.stop();
});

it('starts no check while one is at work, and makes up for one that took long', async () => {
	const one = loop(MINUTE, false);
	one.start();
	await clock.advance(5 * MINUTE);
	expect(began).toEqual([2_500]);
	const joined = one.checkNow();
	ends[0]?.({ isComplete: true });
	await joined;
	await clock.advance(0);
	expect(began).toEqual([2_500, 5 * MINUTE]);
	await one.stop();
});

it('goes on at once while there is more', async () => {
	const one = loop(MINUTE, false);
	one.start();
	await clock.advance(10_000);
	ends[0]?.({ isComplete: false });
	await clock.advance(0);
	expect(began).toEqual([2_500, 10_000]);
	await one.stop();
});

it('waits as long as a check asks for', async () => {
	const one = loop(MINUTE, false);
	one.start();
	await clock.advance(2_500);
	ends[0]?.({ isComplete: true, pauseMs: 15 * MINUTE });
	await clock.advance(15 * MINUTE);
	expect(began).toEqual([2_500, 2_500 + 15 * MINUTE]);
	await one.stop();
});

it('tells whoever asks what went wrong, and of checks that nobody asked for how they ended', async () => {
	const error = new Error('refused');
	const ended: CheckEnd[] = [];
	const one = new PollLoop({
		intervalMs: MINUTE,
		now: clock.now,
		random: () => 0,
		sleep: clock.sleep,
		check: () => Promise.resolve({ isComplete: true, error }),
		onEnd: (end) => ended.push(end),
	});
	expect(await one.checkNow()).toBe(error);
	expect(ended).toEqual([]);
	one.start();
	await clock.advance(MINUTE);
	expect(ended).toEqual([
		{ isComplete: true, error },
		{ isComplete: true, error },
	]);
	await one.stop();
	expect(await one.checkNow()).toBeUndefined();
});

it('checks only when it is told to where there is no interval', async () => {
	const one = loop(0);
	one.start();
	await clock.advance(60 * MINUTE);
	expect(began).toEqual([]);
	await one.checkNow();
	expect(began).toHaveLength(1);
});

it('stops the check at work, and never checks again', async () => {
	const one = loop(MINUTE, false);
	one.start();
	await clock.advance(2_500);
	await Promise.all([one.stop(), one.stop()]);
	expect(signals[0]?.aborted).toBe(true);
	await one.checkNow();
	await clock.advance(60 * MINUTE);
	await setImmediate();
	expect(began).toHaveLength(1);
	expect(clock.pending).toBe(0);
});
