import { seeded } from '../support/seeded';
import { isObject, type JsonObject, type JsonValue } from '@convoflow/client';

/** Names that mean something to JavaScript, and names that our readers look for. */
const KEYS = [
	...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', 'then', 'toJSON'],
	...['type', 'payload', 'messages', 'responses', 'threadId', 'originator', 'name', 'role', 'fallback'],
	...['text', 'params', 'verifyToken', 'data', 'x_values', 'series', 'series_labels', 'labels', 'values'],
	...['sum', 'status', 'message', 'id', 'custom', 'lastActivity', 'rows', '__rl', 'value', 'error', ''],
];
const TEXTS = [
	...['', ' ', '\u0000', '\ud800', '\udc00x', '\u202e', '\ufeff', 'é', '日本', '💬', "'", '"', '\\', '\r\n'],
	...['..', '.', '%2e%2e', '%2F', '/', '|', '?', '#', 'a/b|c', '__proto__', 'null', 'NaN', '-0', '1e999'],
	...['0x10', '2026-02-30T25:61:00Z', '2026-03-01', 'Bearer ', 'x'.repeat(3_000), '<script>', '{{1+1}}'],
	...['http://user:pass@host/', 'https://[::1]/', 'ws://127.0.0.1', 'javascript:1', '$(id)', '${x}'],
];
const NUMBERS = [0, -0, 1, -1, 0.1, 1e21, -1e308, 2 ** 53, 2 ** 31, 255, 256, 1_767_225_600_000];

/** Inputs of every kind, right and wrong, from a seed. */
export class Inputs {
	readonly #random: () => number;
	readonly #samples: readonly string[];

	/** @param samples texts as services send them, which are changed here and there */
	constructor(seed: number, samples: readonly string[]) {
		this.#random = seeded(seed);
		this.#samples = samples;
	}

	below(count: number): number {
		return Math.floor(this.#random() * count);
	}

	oneOf<T>(list: readonly T[]): T {
		return list[this.below(list.length)] as T;
	}

	/** Any text: one that means something, random characters, or both. */
	text(): string {
		switch (this.below(4)) {
			case 0:
				return this.oneOf(TEXTS);
			case 1:
				return this.oneOf(TEXTS) + this.oneOf(TEXTS);
			case 2:
				return this.oneOf(KEYS);
			default:
				return String.fromCharCode(
					...Array.from({ length: this.below(24) }, () => this.below(this.below(8) === 0 ? 65_536 : 128)),
				);
		}
	}

	/** Any JSON value as a parser makes it, `__proto__` as an own member included. */
	json(depth = 4): JsonValue {
		const kind = this.below(depth > 0 ? 8 : 5);
		if (kind === 0) return null;
		if (kind === 1) return this.below(2) === 0;
		if (kind === 2) return this.oneOf(NUMBERS);
		if (kind < 5) return this.text();
		const size = this.below(5);
		if (kind === 5) return Array.from({ length: size }, () => this.json(depth - 1));
		return Object.fromEntries(
			Array.from({ length: size }, () => [
				this.below(6) === 0 ? this.text() : this.oneOf(KEYS),
				this.json(depth - 1),
			]),
		);
	}

	/** A sample whose bytes were changed, cut, doubled or left alone. */
	bytes(): Buffer {
		let bytes = Buffer.from(this.below(3) === 0 ? JSON.stringify(this.json()) : this.oneOf(this.#samples));
		for (let change = this.below(4); change > 0; change -= 1) {
			const at = this.below(bytes.length + 1);
			const rest = bytes.subarray(at);
			switch (this.below(5)) {
				case 0:
					bytes = Buffer.from(bytes);
					if (at < bytes.length) bytes[at] = this.below(256);
					break;
				case 1:
					bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(this.text()), rest]);
					break;
				case 2:
					bytes = bytes.subarray(0, at);
					break;
				case 3:
					bytes = Buffer.concat([bytes.subarray(0, at), rest, rest.subarray(0, 200)]);
					break;
				default:
					bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff, 0xc3, 0x28]), rest]);
			}
		}
		return bytes.length > 20_000 ? bytes.subarray(0, 20_000) : bytes;
	}

	/** JSON of a changed sample where it still is any, else any JSON. */
	document(): JsonValue {
		try {
			return JSON.parse(this.bytes().toString()) as JsonValue;
		} catch {
			return this.json();
		}
	}

	/** The same, where only an object will do. */
	object(): JsonObject {
		const value = this.document();
		return isObject(value) ? value : {};
	}

	/** Any value at all, as code of a user may put it into a message. */
	value(): unknown {
		switch (this.below(9)) {
			case 0:
				return undefined;
			case 1:
				return this.oneOf([NaN, Infinity, -Infinity, 10n, Symbol('s'), new Date(NaN), /x/, () => 1]);
			case 2: {
				const loop: Record<string, unknown> = {};
				return Object.assign(loop, { loop });
			}
			case 3:
				return Object.create(null) as unknown;
			case 4:
				return Buffer.from(this.text());
			default:
				return this.json();
		}
	}
}
