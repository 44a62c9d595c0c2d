/** Now, with parts of a ms, on a clock that the processes of one machine share. */
export const preciseMs = (): number => performance.timeOrigin + performance.now();

/**
 * Does something at a steady rate; what a busy moment has delayed is made up for at once.
 * @returns when each was done, in ms since the epoch
 */
export async function steadily(
	perSecond: number,
	count: number,
	act: (index: number) => void,
): Promise<number[]> {
	const doneMs: number[] = [];
	const started = performance.now();
	while (doneMs.length < count) {
		const due = Math.min(count, Math.floor(((performance.now() - started) / 1_000) * perSecond) + 1);
		while (doneMs.length < due) {
			const index = doneMs.length;
			doneMs.push(preciseMs());
			act(index);
		}
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
	return doneMs;
}
