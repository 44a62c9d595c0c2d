/** A small deterministic generator (mulberry32): the same numbers give the same conversations everywhere. */
export class Random {
	private state: number;

	constructor(...seeds: number[]) {
		let hash = 2166136261;
		for (const seed of seeds) {
			hash = Math.imul(hash ^ (seed >>> 0), 16777619);
			hash ^= hash >>> 15;
		}
		this.state = hash >>> 0;
	}

	/** A number from 0 (inclusive) to 1 (exclusive). */
	float(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let t = this.state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number from `low` to `high`, both included. */
	int(low: number, high: number): number {
		return low + Math.floor(this.float() * (high - low + 1));
	}

	pick<T>(list: readonly T[]): T {
		const value = list[Math.floor(this.float() * list.length)];
		if (value === undefined) throw new RangeError('pick from an empty list');
		return value;
	}

	chance(probability: number): boolean {
		return this.float() < probability;
	}
}
