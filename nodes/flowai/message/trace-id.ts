let last = 0;

/**
 * A number that no other message of this process has: the time in ms, moved on where two messages share it.
 * @param nowMs milliseconds since the epoch
 */
export function freshTraceId(nowMs: number): number {
	last = Math.max(last + 1, nowMs);
	return last;
}
