import type { Told } from './told';

/** True when both are one and the same message, as far as can be seen. */
function isSame(one: Told, other: Told): boolean {
	if (one.id !== undefined && other.id !== undefined) return one.id === other.id;
	if (one.atMs !== undefined && other.atMs !== undefined && one.atMs !== other.atMs) return false;
	return one.print === other.print;
}

/** Counts things by name. */
class Tally {
	readonly #counts = new Map<string | number, number>();

	constructor(names: Iterable<string | number>) {
		for (const name of names) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
	}

	/** Takes one of a name out. @returns whether there was one */
	take(name: string | number): boolean {
		const count = this.#counts.get(name) ?? 0;
		if (count > 0) this.#counts.set(name, count - 1);
		return count > 0;
	}
}

/** A message by time and content; a message without a time has none. */
function moment({ atMs, print }: Told): string | undefined {
	return atMs === undefined ? undefined : `${atMs} ${print}`;
}

/** What is left of a list once the messages of an earlier list are taken out, each as often as it is there. */
export function withoutMoments<T extends Told>(list: readonly T[], earlier: readonly Told[]): T[] {
	const tally = new Tally(earlier.map(moment).filter((one) => one !== undefined));
	return list.filter((one) => {
		const name = moment(one);
		return name === undefined || !tally.take(name);
	});
}

/**
 * What is left of a list once messages are taken out that were heard: by time where both have one, else by
 * content, each as often as it was heard, since bots repeat themselves.
 */
export function withoutHeard<T extends Told>(list: readonly T[], heard: readonly Told[]): T[] {
	const hasTimes = list.every(({ atMs }) => atMs !== undefined);
	const timed = heard.filter(({ atMs }) => hasTimes && atMs !== undefined);
	const untimed = heard.filter(({ atMs }) => !hasTimes || atMs === undefined);
	const byContent = new Tally(untimed.map(({ print }) => print));
	return withoutMoments(list, timed).filter(({ print }) => !byContent.take(print));
}

/**
 * Finds where the known sequence ends in a list that goes on from it: every place at which the known messages
 * stand right before, as many of them as there is room for.
 * @returns the places, smallest first; none when the two do not meet
 */
export function endsOfKnown(list: readonly Told[], known: readonly Told[]): number[] {
	const ends: number[] = [];
	for (let end = 1; end <= list.length; end += 1) {
		const length = Math.min(end, known.length);
		const before = list.slice(end - length, end);
		const tail = known.slice(known.length - length);
		if (length > 0 && before.every((one, index) => isSame(one, tail[index] ?? one))) ends.push(end);
	}
	return ends;
}

/**
 * Finds where, in a list of messages that were not heard before, those begin that came over the new
 * connection: the messages before that place were missed.
 * @param held what came over the new connection, at least until the list was made
 * @returns a place in the list; below 0 when more came than the list holds. `isDoubtful` when contents alone
 * cannot tell: a bot repeats itself, and then a repeat is better than a loss
 */
export function startOfHeld(
	list: readonly Told[],
	held: readonly Told[],
	known: readonly Told[],
): { readonly place: number; readonly isDoubtful: boolean } {
	for (let start = list.length > 0 ? 1 - held.length : 0; start < list.length; start += 1) {
		const from = Math.max(0, start);
		const met = list.slice(from);
		const theirs = held.slice(from - start, from - start + met.length);
		if (theirs.length < met.length) continue;
		if (!met.every((one, index) => isSame(one, theirs[index] ?? one))) continue;
		const beside = held.filter((one) => !theirs.includes(one));
		const others = new Set([...known, ...list.slice(0, from), ...beside].map(({ print }) => print));
		const isDoubtful = theirs.some(({ id, atMs, print }) => (id ?? atMs) === undefined && others.has(print));
		return { place: isDoubtful ? list.length : start, isDoubtful };
	}
	return { place: list.length, isDoubtful: false };
}

/** Place of the first message that is one of those known, by its id or by time and content; -1 when none is. */
export function firstKnown(list: readonly Told[], known: readonly Told[]): number {
	const names = new Set(known.flatMap((one) => [one.id, moment(one)]).filter((one) => one !== undefined));
	return list.findIndex((one) => [one.id, moment(one)].some((name) => name !== undefined && names.has(name)));
}
