import { ConvoflowError, type JsonValue } from '@convoflow/client';
import { mkdir, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readRecords, writeRecord, type Change } from './records';

/** A file below this size, in bytes, is not worth rewriting. */
const MIN_REWRITE_BYTES = 64 * 1024;

/** Longest wait of a change that nobody waits for, in ms. */
const SOON_MS = 20;

interface Waiting {
	readonly change: Change;
	readonly line: string;
	readonly resolve: () => void;
	readonly reject: (error: ConvoflowError) => void;
}

function failed(cause: unknown): ConvoflowError {
	const message = cause instanceof Error ? cause.message : String(cause);
	return new ConvoflowError(
		'CONVOFLOW_STORE_FAILED',
		`Node-RED's user directory cannot be used: ${message}`,
		{
			advice: 'Make room on the disk, and let Node-RED read and write there (userDir)',
			cause: { message },
		},
	);
}

/** Makes a rename survive a power cut. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r').catch(() => undefined);
	await handle?.sync().catch(() => undefined);
	await handle?.close();
}

/**
 * A small map of JSON values in one file, which is as it was after a crash at any moment. Changes are appended;
 * those that come while the disk is busy are written together and cost one sync (group commit). When most of
 * the file is outdated it is rewritten beside itself and swapped in (atomic compaction).
 *
 * What `get` and `entries` show is on disk. One process, one `Store` a file.
 */
export class Store {
	readonly #file: string;
	readonly #values = new Map<string, { readonly value: JsonValue; readonly bytes: number }>();
	#handle: FileHandle | undefined;
	#waiting: Waiting[] = [];
	/** Begins to write what nobody waits for. */
	#soon: NodeJS.Timeout | undefined;
	/** Somebody waits for what is not written yet. */
	#isUrgent = false;
	#writing: Promise<void> | undefined;
	#fileBytes = 0;
	#liveBytes = 0;
	/** The file is absent, or its end is not known to be a whole record. */
	#mustRewrite = true;
	#isClosed = false;
	#damaged = 0;

	private constructor(file: string) {
		this.#file = file;
	}

	/**
	 * Opens a file; a missing one is an empty store, and is made by the first change.
	 * @throws CONVOFLOW_STORE_FAILED when there is a file that cannot be read
	 */
	static async open(file: string): Promise<Store> {
		const store = new Store(file);
		let content: string;
		try {
			content = await readFile(file, 'utf8');
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return store;
			throw failed(error);
		}
		const { changes, damaged } = readRecords(content);
		for (const change of changes) store.#apply(change, Buffer.byteLength(writeRecord(change)));
		store.#damaged = damaged;
		store.#fileBytes = Buffer.byteLength(content);
		store.#mustRewrite = damaged > 0;
		return store;
	}

	/** Lines that were passed over when the file was opened: 1 after a crash in the middle of a write. */
	get damaged(): number {
		return this.#damaged;
	}

	get size(): number {
		return this.#values.size;
	}

	/** The value of a key. Not to be changed in place. */
	get(key: string): JsonValue | undefined {
		return this.#values.get(key)?.value;
	}

	/** Keys and values, in the order in which the keys were first set. */
	*entries(): IterableIterator<[string, JsonValue]> {
		for (const [key, { value }] of this.#values) yield [key, value];
	}

	/**
	 * Sets a key. Resolves when the change is on disk; whoever does not await it need not catch either.
	 * @throws CONVOFLOW_STORE_FAILED when it could not be written; the key has its former value then
	 */
	set(key: string, value: JsonValue): Promise<void> {
		return this.#write({ key, value });
	}

	/**
	 * Sets a key, or deletes it, when nobody waits for it to be on disk: with the next change, or a little later. A
	 * process that is killed meanwhile has not changed it.
	 */
	setSoon(key: string, value: JsonValue | undefined): void {
		void this.#write({ key, value }, SOON_MS);
	}

	/**
	 * Deletes a key. Resolves when the change is on disk.
	 * @throws CONVOFLOW_STORE_FAILED as `set`
	 */
	delete(key: string): Promise<void> {
		return this.#write({ key, value: undefined });
	}

	/** Resolves when nothing waits to be written, or could not be. */
	async settled(): Promise<void> {
		if (this.#waiting.length > 0) this.#begin();
		await this.#writing;
	}

	/** Writes what waits and closes the file; changes after it are refused. Safe to repeat. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await this.settled();
		await this.#handle?.close().catch(() => undefined);
		this.#handle = undefined;
	}

	/** Closes the store and deletes its file. */
	async remove(): Promise<void> {
		await this.close();
		for (const file of [this.#file, `${this.#file}.new`]) await rm(file, { force: true });
		this.#values.clear();
	}

	#write(change: Change, withinMs = 0): Promise<void> {
		const written = new Promise<void>((resolve, reject) => {
			if (this.#isClosed) return reject(failed(new Error('the store is closed')));
			this.#waiting.push({ change, line: writeRecord(change), resolve, reject });
			if (withinMs > 0) this.#soon ??= setTimeout(() => this.#begin(), withinMs);
			else this.#begin();
		});
		written.catch(() => undefined);
		return written;
	}

	#begin(): void {
		this.#isUrgent = true;
		this.#writing ??= this.#writeAll();
	}

	async #writeAll(): Promise<void> {
		// What comes in the same turn goes along.
		await new Promise((resolve) => setImmediate(resolve));
		while (this.#isUrgent) {
			const batch = this.#waiting;
			this.#waiting = [];
			this.#isUrgent = false;
			clearTimeout(this.#soon);
			this.#soon = undefined;
			try {
				if (this.#mustRewrite || this.#isMostlyOutdated()) await this.#rewrite();
				await this.#append(batch);
			} catch (error) {
				// What reached the file is unknown; the next change starts from what is known.
				this.#mustRewrite = true;
				for (const { reject } of batch) reject(failed(error));
				continue;
			}
			for (const { change, line, resolve } of batch) {
				this.#apply(change, Buffer.byteLength(line));
				resolve();
			}
		}
		this.#writing = undefined;
	}

	async #append(batch: readonly Waiting[]): Promise<void> {
		const bytes = Buffer.from(batch.map(({ line }) => line).join(''));
		this.#handle ??= await open(this.#file, 'a', 0o600);
		await this.#handle.appendFile(bytes);
		await this.#handle.datasync();
		this.#fileBytes += bytes.length;
	}

	#isMostlyOutdated(): boolean {
		return this.#fileBytes > MIN_REWRITE_BYTES && this.#fileBytes > 2 * this.#liveBytes;
	}

	async #rewrite(): Promise<void> {
		await this.#handle?.close();
		this.#handle = undefined;
		const folder = dirname(this.#file);
		await mkdir(folder, { recursive: true, mode: 0o700 });
		const content = [...this.entries()].map(([key, value]) => writeRecord({ key, value })).join('');
		const next = await open(`${this.#file}.new`, 'w', 0o600);
		try {
			await next.writeFile(content);
			await next.datasync();
		} finally {
			await next.close();
		}
		await rename(`${this.#file}.new`, this.#file);
		await syncFolder(folder);
		this.#fileBytes = this.#liveBytes;
		this.#mustRewrite = false;
	}

	#apply({ key, value }: Change, bytes: number): void {
		this.#liveBytes -= this.#values.get(key)?.bytes ?? 0;
		if (value === undefined) this.#values.delete(key);
		else {
			this.#values.set(key, { value, bytes });
			this.#liveBytes += bytes;
		}
	}
}
