import { DEFAULT_RETRY, decideRetry, type Effect, type FailureKind } from '@convoflow/client';
import fc from 'fast-check';

const QUIET: readonly Effect[] = ['read', 'idempotent'];
const LOUD: readonly Effect[] = ['send', 'destructive'];
const EFFECTS = [...QUIET, ...LOUD];

function decide(
	outcome: { status?: number; failure?: FailureKind; retryAfterMs?: number },
	effect: Effect,
	{ attempt = 1, elapsedMs = 0, random = 0.5 } = {},
): ReturnType<typeof decideRetry> {
	return decideRetry(outcome, effect, attempt, elapsedMs, DEFAULT_RETRY, random);
}

describe('decideRetry', () => {
	describe.each([408, 429, 500, 502, 503, 504])('status %i', (status) => {
		it.each(QUIET)('is repeated for the effect %s', (effect) => {
			expect(decide({ status }, effect).action).toBe('repeat');
		});
	});

	describe.each([300, 302, 400, 401, 402, 403, 404, 409, 410, 413, 422, 501, 505])('status %i', (status) => {
		it.each(EFFECTS)('is final for the effect %s (HTTP-03)', (effect) => {
			expect(decide({ status }, effect).action).toBe('stop');
		});
	});

	it.each([
		{ outcome: { status: 408 }, ambiguous: true },
		{ outcome: { status: 500 }, ambiguous: true },
		{ outcome: { status: 501 }, ambiguous: true },
		{ outcome: { status: 502 }, ambiguous: true },
		{ outcome: { status: 503 }, ambiguous: true },
		{ outcome: { status: 504 }, ambiguous: true },
		{ outcome: { failure: 'reset' as const }, ambiguous: true },
		{ outcome: { failure: 'timeout' as const }, ambiguous: true },
		{ outcome: { failure: 'aborted' as const }, ambiguous: true },
		{ outcome: { failure: 'tls' as const }, ambiguous: false },
		{ outcome: { failure: 'blocked' as const }, ambiguous: false },
		{ outcome: { failure: 'bug' as const }, ambiguous: false },
		{ outcome: { status: 400 }, ambiguous: false },
		{ outcome: { status: 302 }, ambiguous: false },
	])('never repeats a send after $outcome, ambiguous $ambiguous (HTTP-02)', ({ outcome, ambiguous }) => {
		for (const effect of LOUD) expect(decide(outcome, effect)).toEqual({ action: 'stop', ambiguous });
	});

	it.each([
		{ failure: 'refused' as const },
		{ failure: 'notFound' as const },
		{ status: 429 },
		{ status: 503, retryAfterMs: 1_000 },
	])('repeats a send that surely did not arrive: %j (HTTP-15)', (outcome) => {
		for (const effect of LOUD) expect(decide(outcome, effect).action).toBe('repeat');
	});

	it.each(['aborted', 'tls', 'blocked', 'bug'] as const)('never repeats a read after %s', (failure) => {
		expect(decide({ failure }, 'read')).toEqual({ action: 'stop', ambiguous: false });
	});

	it.each(['refused', 'notFound', 'reset', 'timeout'] as const)('repeats a read after %s', (failure) => {
		expect(decide({ failure }, 'read').action).toBe('repeat');
	});

	it('doubles the wait up to a cap, its upper half at random (HTTP-01)', () => {
		const policy = { ...DEFAULT_RETRY, retries: 20, totalMs: 1e9 };
		const wait = (attempt: number, random: number): unknown =>
			decideRetry({ status: 500 }, 'read', attempt, 0, policy, random);
		expect([1, 2, 3, 4, 5, 6].map((attempt) => wait(attempt, 1))).toEqual(
			[500, 1_000, 2_000, 4_000, 8_000, 8_000].map((delayMs) => ({ action: 'repeat', delayMs })),
		);
		expect(wait(3, 0)).toEqual({ action: 'repeat', delayMs: 1_000 });
	});

	it('keeps a wait that the service asks for, with jitter on top only (HTTP-04)', () => {
		expect(decide({ status: 429, retryAfterMs: 2_000 }, 'read', { random: 0 })).toMatchObject({
			delayMs: 2_000,
		});
		expect(decide({ status: 429, retryAfterMs: 2_000 }, 'read', { random: 1 })).toMatchObject({
			delayMs: 2_500,
		});
	});

	it('gives up when the service asks for more than the bound (HTTP-07)', () => {
		expect(decide({ status: 429, retryAfterMs: 60_001 }, 'read').action).toBe('stop');
		expect(decide({ status: 429, retryAfterMs: 60_000 }, 'read').action).toBe('repeat');
	});

	it('gives up when the wait would outlast the total time (HTTP-17)', () => {
		expect(decide({ status: 500 }, 'read', { elapsedMs: 119_900 }).action).toBe('stop');
	});

	it('counts attempts from 1', () => {
		expect(decide({ status: 500 }, 'read', { attempt: 2 }).action).toBe('repeat');
		expect(decide({ status: 500 }, 'read', { attempt: 3 }).action).toBe('stop');
	});

	it('for any policy and outcomes: bounded attempts and time, waits kept, no send repeated when in doubt', () => {
		const outcome = fc.oneof(
			fc.record(
				{ status: fc.integer({ min: 300, max: 599 }), retryAfterMs: fc.nat(200_000) },
				{ requiredKeys: ['status'] },
			),
			fc.record({
				failure: fc.constantFrom<FailureKind>('timeout', 'refused', 'notFound', 'tls', 'reset', 'bug'),
			}),
		);
		const policy = fc.record({
			retries: fc.nat(8),
			baseDelayMs: fc.integer({ min: 1, max: 5_000 }),
			maxDelayMs: fc.integer({ min: 1, max: 20_000 }),
			maxRetryAfterMs: fc.nat(120_000),
			totalMs: fc.nat(300_000),
		});
		fc.assert(
			fc.property(
				fc.array(outcome, { minLength: 12, maxLength: 12 }),
				fc.constantFrom(...EFFECTS),
				policy,
				fc.double({ min: 0, max: 1, noNaN: true }),
				(outcomes, effect, limits, random) => {
					let elapsedMs = 0;
					let attempt = 0;
					for (const one of outcomes) {
						attempt += 1;
						const decision = decideRetry(one, effect, attempt, elapsedMs, limits, random);
						if (decision.action === 'stop') break;
						const asked = 'retryAfterMs' in one ? (one.retryAfterMs ?? 0) : 0;
						expect(decision.delayMs).toBeGreaterThanOrEqual(asked);
						if (LOUD.includes(effect)) {
							const isSure =
								'failure' in one
									? ['refused', 'notFound'].includes(one.failure)
									: one.status === 429 || (one.status === 503 && one.retryAfterMs !== undefined);
							expect(isSure).toBe(true);
						}
						elapsedMs += decision.delayMs;
					}
					expect(attempt).toBeLessThanOrEqual(limits.retries + 1);
					expect(elapsedMs === 0 || elapsedMs < limits.totalMs).toBe(true);
				},
			),
		);
	});
});
