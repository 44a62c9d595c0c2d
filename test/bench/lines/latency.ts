import { median, paired, percentile, type BenchOptions, type Figure } from '../figure';

/** One side of a comparison: a host that turns events into runs of a workflow. */
export interface EventSide {
	/** Sends so many events as fast as the host takes them. @returns how many a second it got through */
	capacity(count: number): Promise<number>;
	/**
	 * Sends events at a steady rate.
	 * @returns how long each took from its sending to the flow's first node, in ms; one that got lost throws
	 */
	latencies(count: number, perSecond: number): Promise<readonly number[]>;
}

/** What to compare. */
export interface Comparison {
	readonly work: string;
	readonly against: string;
	readonly ours: EventSide;
	readonly theirs: EventSide;
	/** Events that show the capacity, and events of a round. */
	readonly burst: number;
	readonly events: number;
}

const MOST = 1.15;

/** Compares how long 99 % of events take from the wire to the workflow, at half of what the host gets through. */
export async function compareLatency(
	{ work, against, ours, theirs, burst, events }: Comparison,
	{ rounds, log }: BenchOptions,
): Promise<Figure> {
	const capacity = await theirs.capacity(burst);
	const perSecond = capacity / 2;
	log(`${against}: ${capacity.toFixed(0)} events a second, so both get ${perSecond.toFixed(0)}`);
	const halves: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
	const p99 = async (side: 'ours' | 'theirs'): Promise<number> => {
		const all = await (side === 'ours' ? ours : theirs).latencies(events, perSecond);
		halves[side].push(percentile(all, 0.5));
		return percentile(all, 0.99);
	};
	const result = await paired(
		rounds,
		async () => await p99('ours'),
		async () => await p99('theirs'),
	);
	return {
		work,
		ours: result.ours,
		theirs: result.theirs,
		unit: 'ms',
		ratio: result.oursByTheirs,
		target: `≤ ${MOST} times as long`,
		met: result.oursByTheirs <= MOST,
		against,
		rounds,
		note: `${events} events a round, ${perSecond.toFixed(0)} a second; half of them within ${median(halves.ours).toFixed(1)} and ${median(halves.theirs).toFixed(1)} ms`,
	};
}

/** How long events took, by their numbers. @throws when one never came */
export function differences(
	sentMs: readonly number[],
	from: number,
	seenMs: ReadonlyMap<number, number>,
): number[] {
	return sentMs.map((sent, index) => {
		const seen = seenMs.get(from + index);
		if (seen === undefined) throw new Error(`Event ${from + index} never reached the workflow`);
		return seen - sent;
	});
}
