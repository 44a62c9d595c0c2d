import { createHash, randomBytes } from 'node:crypto';

/**
 * Ids of what happens while the sandbox runs. They carry a mark of the run: a consumer that remembers ids
 * would otherwise take the first messages after a restart for repeats.
 */
export class Ids {
	private counter = 0;
	readonly run: string;

	constructor(run?: string) {
		this.run = run ?? randomBytes(3).toString('hex');
	}

	/** The next id, for example `m-9f31c2-7`. */
	next(prefix: string): string {
		return `${prefix}-${this.run}-${++this.counter}`;
	}

	/** The next id in the form of a database id: 24 hex characters. */
	nextHex24(): string {
		const mark = Buffer.from(this.run).toString('hex').slice(0, 12).padEnd(12, '0');
		return `${mark}${(++this.counter).toString(16).padStart(12, '0')}`;
	}

	/** The next id in the form of a UUID (version 4), the same again for a run of the same mark. */
	nextUuid(): string {
		const hex = createHash('sha256').update(`${this.run}-${++this.counter}`).digest('hex');
		const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
		const parts = [
			hex.slice(0, 8),
			hex.slice(8, 12),
			`4${hex.slice(13, 16)}`,
			`${variant}${hex.slice(17, 20)}`,
		];
		return [...parts, hex.slice(20, 32)].join('-');
	}
}
