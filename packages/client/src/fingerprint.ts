import type { JsonObject, JsonValue } from './ports';

/** Two FNV-1a hashes of 32 bits, as signed integers from the start: with doubles the loops take ten times as long. */
const ONE = 0x811c9dc5 | 0;
const OTHER = 0x050c5d1f;
const ONE_PRIME = 0x01000193;
const OTHER_PRIME = 0x0100019d;

/** A whole number from 1, exact in a double. */
function joined(one: number, other: number): number {
	return (one >>> 0) * 0x200000 + ((other ^ (other >>> 15)) & 0x1fffff) + 1;
}

/** A number of 53 bits that stands for a text; two of a million texts share one with a chance of 1 in 18,000. */
export function fingerprint(text: string): number {
	let one = ONE;
	let other = OTHER;
	for (let index = 0; index < text.length; index += 1) {
		const unit = text.charCodeAt(index);
		one = Math.imul(one ^ unit, ONE_PRIME);
		other = Math.imul(other ^ unit, OTHER_PRIME);
	}
	return joined(one, other);
}

/** Marks keep neighbours apart; no code unit is as large. */
const MARK = {
	text: 0x10001,
	list: 0x10002,
	object: 0x10003,
	member: 0x10004,
	other: 0x10005,
	end: 0x10006,
	deep: 0x10007,
};

/** Levels of lists and objects that are taken in. JSON may be nested as deep as no stack is. */
const MAX_DEPTH = 100;

/** Takes in a JSON value, bit by bit. */
class Intake {
	#one = ONE;
	#other = OTHER;
	#depth = 0;

	get print(): number {
		return joined(this.#one, this.#other);
	}

	value(value: JsonValue): void {
		if (typeof value === 'string') {
			this.#text(MARK.text, value);
		} else if (typeof value !== 'object' || value === null) {
			this.#text(MARK.other, String(value));
		} else if (this.#depth >= MAX_DEPTH) {
			this.#unit(MARK.deep);
		} else {
			this.#depth += 1;
			this.#nested(value);
			this.#depth -= 1;
		}
	}

	#nested(value: JsonObject | JsonValue[]): void {
		if (Array.isArray(value)) {
			this.#unit(MARK.list);
			for (const one of value) this.value(one);
			this.#unit(MARK.end);
		} else {
			this.#members(value);
		}
	}

	/** Each member by itself, and their sum, so that their order does not count and need not be made. */
	#members(value: JsonObject): void {
		const [one, other] = [this.#one, this.#other];
		let [sum, otherSum] = [MARK.object, MARK.object];
		for (const name of Object.keys(value)) {
			this.#one = ONE;
			this.#other = OTHER;
			this.#text(MARK.member, name);
			this.value(value[name] ?? null);
			sum = (sum + this.#one) | 0;
			otherSum = (otherSum + this.#other) | 0;
		}
		this.#one = one;
		this.#other = other;
		this.#unit(sum, otherSum);
	}

	#unit(unit: number, other = unit): void {
		this.#one = Math.imul(this.#one ^ unit, ONE_PRIME);
		this.#other = Math.imul(this.#other ^ other, OTHER_PRIME);
	}

	#text(mark: number, text: string): void {
		this.#unit(mark);
		let one = this.#one | 0;
		let other = this.#other | 0;
		for (let index = 0; index < text.length; index += 1) {
			const unit = text.charCodeAt(index);
			one = Math.imul(one ^ unit, ONE_PRIME);
			other = Math.imul(other ^ unit, OTHER_PRIME);
		}
		this.#one = one;
		this.#other = other;
	}
}

/**
 * The same for a JSON value: equal for equal values, whatever the order of members. What lies deeper than 100 levels
 * counts as one.
 */
export function valueFingerprint(value: JsonValue): number {
	const intake = new Intake();
	intake.value(value);
	return intake.print;
}
