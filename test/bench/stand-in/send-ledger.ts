/** What came of sends, counted by the numbers in their texts. */
export interface Arrived {
	readonly count: number;
	/** From the first to the last, in ms. */
	readonly spanMs: number;
	/** Sends whose number was not the next of their thread. */
	readonly outOfOrder: number;
}

/** Counts sends: each text is `number` within its thread, from 0 on. */
export class SendLedger {
	#count = 0;
	#outOfOrder = 0;
	#firstMs = 0;
	#lastMs = 0;
	#next = new Map<string, number>();
	#wanted = Infinity;
	#tell: (text: string) => void = () => undefined;

	/** Begins anew, and tells once so many have come. */
	await(count: number, tell: (text: string) => void): void {
		this.#wanted = count;
		this.#tell = tell;
		this.#check();
	}

	take(thread: string, body: string): void {
		const number = Number(/"speech":\s*"(\d+)"/.exec(body)?.[1]);
		const now = performance.now();
		if (this.#count === 0) this.#firstMs = now;
		this.#lastMs = now;
		this.#count += 1;
		if ((this.#next.get(thread) ?? 0) !== number) this.#outOfOrder += 1;
		this.#next.set(thread, number + 1);
		this.#check();
	}

	#check(): void {
		if (this.#count < this.#wanted) return;
		const arrived: Arrived = {
			count: this.#count,
			spanMs: this.#lastMs - this.#firstMs,
			outOfOrder: this.#outOfOrder,
		};
		this.#tell(JSON.stringify(arrived));
		[this.#count, this.#outOfOrder, this.#wanted] = [0, 0, Infinity];
		this.#next = new Map();
	}
}
