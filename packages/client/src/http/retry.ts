import type { FailureKind } from './classify';

/**
 * What a call does to the service. `send` has an effect that people see, so it is repeated only when it
 * surely did not arrive.
 */
export type Effect = 'read' | 'idempotent' | 'send' | 'destructive';

/** Limits for the attempts of one call. */
export interface RetryPolicy {
	/** How often a call is repeated after its first attempt. Default 2. */
	readonly retries: number;
	/** First waiting time, in ms; doubles each time. Default 500. */
	readonly baseDelayMs: number;
	/** Longest waiting time of our own, in ms. Default 8,000. */
	readonly maxDelayMs: number;
	/** Longest wait a service may ask for, in ms; above it the call fails at once. Default 60,000. */
	readonly maxRetryAfterMs: number;
	/** Attempts, waits and bodies together, in ms. Default 120,000. */
	readonly totalMs: number;
}

/** The values used where the caller says nothing. */
export const DEFAULT_RETRY = {
	retries: 2,
	baseDelayMs: 500,
	maxDelayMs: 8_000,
	maxRetryAfterMs: 60_000,
	totalMs: 120_000,
} as const satisfies RetryPolicy;

/** Longest time for all attempts of a call: as by default, or as long as its own limits need. */
export function totalMs({ retries, maxDelayMs, totalMs: least }: RetryPolicy, timeoutMs: number): number {
	return Math.max(least, (retries + 1) * timeoutMs + retries * maxDelayMs);
}

/** How an attempt ended. */
export interface Outcome {
	readonly status?: number;
	readonly failure?: FailureKind;
	readonly retryAfterMs?: number;
}

/** What to do after an attempt. */
export type RetryDecision =
	| { readonly action: 'repeat'; readonly delayMs: number }
	| { readonly action: 'stop'; readonly ambiguous: boolean };

/** What keeps a request from leaving, or from getting past the proxy. */
const NOT_SENT: ReadonlySet<FailureKind> = new Set<FailureKind>(['refused', 'notFound', 'proxy']);

const PASSING_STATUS = new Set([408, 429, 500, 502, 503, 504]);

/** True when the service surely did not take the request in. */
function surelyNotTaken(outcome: Outcome): boolean {
	if (outcome.failure) return NOT_SENT.has(outcome.failure);
	return outcome.status === 429 || (outcome.status === 503 && outcome.retryAfterMs !== undefined);
}

/** True when the request may or may not have had its effect. */
function isAmbiguous(outcome: Outcome): boolean {
	if (outcome.failure) {
		return outcome.failure === 'reset' || outcome.failure === 'timeout' || outcome.failure === 'aborted';
	}
	return (
		outcome.status !== undefined &&
		(outcome.status >= 500 || outcome.status === 408) &&
		!surelyNotTaken(outcome)
	);
}

/**
 * Decides about one attempt. Pure: the rules stand in their order.
 * @param attempt number of attempts made so far, from 1
 * @param elapsedMs time since the first attempt began, in ms
 * @param random a number from 0 to 1, for the jitter
 */
export function decideRetry(
	outcome: Outcome,
	effect: Effect,
	attempt: number,
	elapsedMs: number,
	policy: RetryPolicy,
	random: number,
): RetryDecision {
	const quiet = effect === 'read' || effect === 'idempotent';
	const stop: RetryDecision = { action: 'stop', ambiguous: !quiet && isAmbiguous(outcome) };

	// The caller's stop, a refused certificate and faults of our own are never cured by asking again.
	if (outcome.failure === 'aborted' || outcome.failure === 'tls' || outcome.failure === 'blocked')
		return stop;
	if (outcome.failure === 'bug') return stop;
	// A final answer stays final.
	if (outcome.status !== undefined && !PASSING_STATUS.has(outcome.status)) return stop;
	// Nobody is messaged twice by us.
	if (!quiet && !surelyNotTaken(outcome)) return stop;
	if (attempt > policy.retries) return stop;
	// The service's word beats ours, within a bound.
	if (outcome.retryAfterMs !== undefined && outcome.retryAfterMs > policy.maxRetryAfterMs) return stop;
	const backOff = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1));
	const delayMs =
		outcome.retryAfterMs === undefined
			? Math.round(backOff * (0.5 + random / 2))
			: outcome.retryAfterMs + Math.round(random * policy.baseDelayMs);
	if (elapsedMs + delayMs >= policy.totalMs) return stop;
	return { action: 'repeat', delayMs };
}

const HTTP_DATE =
	/^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/;

/**
 * Reads a `Retry-After` header: whole or decimal seconds, or one of the three date forms of HTTP.
 * Anything else counts as absent, so that a broken header does not switch retries off.
 * @returns ms to wait, at least 0, or undefined
 */
export function readRetryAfter(header: string | undefined, nowMs: number): number | undefined {
	const value = header?.trim() ?? '';
	if (/^\d+(\.\d+)?$/.test(value)) {
		const ms = Number(value) * 1000;
		return Number.isFinite(ms) ? Math.round(ms) : undefined;
	}
	if (!HTTP_DATE.test(value)) return undefined;
	// asctime has no zone; HTTP dates are always GMT.
	const at = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
	return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
