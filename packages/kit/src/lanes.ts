/** A task that waits for its turn. */
type Task = () => Promise<void>;

/**
 * Runs tasks so that those of one lane keep their order while lanes run side by side. A task that fails
 * never stalls its lane.
 */
export class Lanes {
	readonly #maxActive: number;
	readonly #queues = new Map<string | symbol, Task[]>();
	/** Lanes that have work and are not running. */
	readonly #ready: (string | symbol)[] = [];
	#active = 0;

	/** @param maxActive tasks at work at once, over all lanes */
	constructor(maxActive: number) {
		this.#maxActive = maxActive;
	}

	/**
	 * Puts a task at the end of a lane; without a lane it keeps no order.
	 * @returns what the task returns, or its rejection
	 */
	run<T>(lane: string | undefined, task: () => Promise<T>): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			const key = lane ?? Symbol('own lane');
			// An async function turns a throw into a rejection.
			const begin = async (): Promise<T> => await task();
			const queued: Task = () => begin().then(resolve, reject);
			const queue = this.#queues.get(key);
			if (queue) {
				queue.push(queued);
			} else {
				this.#queues.set(key, [queued]);
				this.#ready.push(key);
			}
			this.#next();
		});
	}

	#next(): void {
		while (this.#active < this.#maxActive) {
			const key = this.#ready.shift();
			if (key === undefined) return;
			const task = this.#queues.get(key)?.shift();
			if (!task) continue;
			this.#active += 1;
			void task().finally(() => {
				this.#active -= 1;
				// The lane goes to the end of the line, so that a long one does not hold up the others.
				if ((this.#queues.get(key)?.length ?? 0) > 0) this.#ready.push(key);
				else this.#queues.delete(key);
				this.#next();
			});
		}
	}
}
