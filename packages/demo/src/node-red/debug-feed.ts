/** A message as a debug node showed it. */
export interface Shown {
	/** Name of the debug node. */
	readonly name: string;
	/** Node-RED's word for the value's form, e.g. `Object` or `array[45]`. */
	readonly format: string;
	/** The value; long ones arrive cut off, as text. */
	readonly value: unknown;
}

interface Debug {
	readonly name?: string;
	readonly format?: string;
	readonly msg?: string;
}

function read({ name = '', format = '', msg = '' }: Debug): Shown {
	try {
		return { name, format, value: JSON.parse(msg) as unknown };
	} catch {
		return { name, format, value: msg };
	}
}

/** What the debug nodes show, as the editor's sidebar gets it. */
export class DebugFeed {
	readonly #socket: WebSocket;
	readonly #past: Shown[] = [];
	readonly #watchers = new Set<(shown: Shown) => void>();

	private constructor(socket: WebSocket) {
		this.#socket = socket;
		socket.addEventListener('message', ({ data }) => {
			for (const { topic, data: debug } of [
				JSON.parse(String(data)) as { topic?: string; data?: Debug },
			].flat()) {
				if (topic === 'debug' && debug) this.#take(read(debug));
			}
		});
	}

	/** @param adminUrl address of Node-RED's editor */
	static async open(adminUrl: string): Promise<DebugFeed> {
		const socket = new WebSocket(`${adminUrl.replace(/^http/, 'ws')}/comms`);
		await new Promise((resolve, reject) => {
			socket.addEventListener('open', resolve, { once: true });
			socket.addEventListener('error', () => reject(new Error('Node-RED’s debug feed could not be opened')), {
				once: true,
			});
		});
		const feed = new DebugFeed(socket);
		socket.send(JSON.stringify({ subscribe: 'debug' }));
		return feed;
	}

	#take(shown: Shown): void {
		this.#past.push(shown);
		for (const watcher of this.#watchers) watcher(shown);
	}

	/** Calls back for everything that is shown from now on. */
	watch(watcher: (shown: Shown) => void): void {
		this.#watchers.add(watcher);
	}

	/**
	 * The first value that a debug node of this name shows and that fits; past ones count. Rejects when the node
	 * called "error" has shown something, or does.
	 */
	async next(
		name: string,
		fits: (shown: Shown) => boolean = () => true,
		signal?: AbortSignal,
	): Promise<Shown> {
		const past = this.#past.find((shown) => shown.name === name && fits(shown));
		if (past) return past;
		const failed = this.#past.find((shown) => shown.name === 'error');
		if (failed) throw new Error(reasonOf(failed.value));
		return await new Promise((resolve, reject) => {
			const end = (): void => {
				this.#watchers.delete(watcher);
				signal?.removeEventListener('abort', end);
			};
			const watcher = (shown: Shown): void => {
				if (shown.name === 'error') {
					end();
					reject(new Error(reasonOf(shown.value)));
				} else if (shown.name === name && fits(shown)) {
					end();
					resolve(shown);
				}
			};
			signal?.addEventListener('abort', end, { once: true });
			this.#watchers.add(watcher);
		});
	}

	close(): void {
		this.#socket.close();
	}
}

function reasonOf(value: unknown): string {
	const message =
		typeof value === 'object' && value !== null ? (value as { message?: unknown }).message : value;
	return typeof message === 'string' ? message : JSON.stringify(value);
}
