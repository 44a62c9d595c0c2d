/** One figure of the bench, as `--json` writes it. */
export interface Figure {
	/** What was done. */
	readonly work: string;
	/** Median of our rounds. */
	readonly ours: number;
	/** Median of the rounds of what a user would use instead; absent where the target names a value of its own. */
	readonly theirs?: number | undefined;
	/** Of `ours` and `theirs`: `s`, `ms`, `MB`, `a second` … */
	readonly unit: string;
	/** Median of the ratios, pair by pair: how many times better ours is, or what part of theirs it takes. */
	readonly ratio?: number | undefined;
	/** What is to be reached, in words. */
	readonly target: string;
	readonly met: boolean;
	/** What theirs is, and the settings of ours that matter. */
	readonly against: string;
	readonly rounds: number;
	/** What was at work on the machine when the line began: its load average of a minute. */
	readonly load?: number;
	/** What else was seen. */
	readonly note?: string | undefined;
}

/** How thoroughly to measure. */
export interface BenchOptions {
	/** Paired rounds that are counted. */
	readonly rounds: number;
	/** A short form: fewer rounds, less work where a line would take minutes. */
	readonly quick: boolean;
	/** Told what is going on. */
	readonly log: (words: string) => void;
}

/** A line of the bench: one kind of work, on one host. */
export interface Line {
	/** For `--only`. */
	readonly name: string;
	run(options: BenchOptions): Promise<Figure[]>;
}

/** The middle value; the lower of both middles is not favoured. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = sorted.length / 2;
	const upper = sorted[Math.floor(middle)] ?? NaN;
	return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}

/** The value below which a share of all lies, e.g. 0.99. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** What came of paired rounds. */
export interface Paired {
	readonly ours: number;
	readonly theirs: number;
	/** Medians over the pairs. */
	readonly theirsByOurs: number;
	readonly oursByTheirs: number;
}

/**
 * Measures both sides in turn, so that a busy moment of the machine strikes both, after one round that is not counted.
 * @param ours gives the value of one round
 */
export async function paired(
	rounds: number,
	ours: () => Promise<number>,
	theirs: () => Promise<number>,
): Promise<Paired> {
	await theirs();
	await ours();
	const pairs: { readonly ours: number; readonly theirs: number }[] = [];
	for (let round = 0; round < rounds; round += 1) {
		// Who is first takes turns as well.
		if (round % 2 === 0) pairs.push({ theirs: await theirs(), ours: await ours() });
		else pairs.push({ ours: await ours(), theirs: await theirs() });
	}
	return {
		ours: median(pairs.map((pair) => pair.ours)),
		theirs: median(pairs.map((pair) => pair.theirs)),
		theirsByOurs: median(pairs.map((pair) => pair.theirs / pair.ours)),
		oursByTheirs: median(pairs.map((pair) => pair.ours / pair.theirs)),
	};
}
