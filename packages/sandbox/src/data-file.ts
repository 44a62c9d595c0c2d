import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { ChatlayerWorld } from './chatlayer/world';
import type { Context } from './context';
import type { FlowAiWorld } from './flowai/world';
import type { FlowXoWorld } from './flowxo/world';
import { isObject, parseJson } from './json';
import { checkTarget } from './webhook/check-target';

/** Changes within this time are written together. */
const WAIT_MS = 300;
const VERSION = 1;

/** Keeps the world in a file over restarts. Generated conversations are not written, only what was changed. */
export class DataFile {
	private dirty = false;

	constructor(
		private readonly path: string,
		private readonly context: Context,
		private readonly flowAi: FlowAiWorld,
		private readonly flowXo: FlowXoWorld,
		private readonly chatlayer: ChatlayerWorld,
	) {}

	/**
	 * Reads the file, if there is one, and writes it after changes from now on.
	 * @throws Error naming the file when it is no data file; it is left as it is
	 */
	open(): void {
		if (existsSync(this.path)) this.load(readFileSync(this.path, 'utf8'));
		this.context.bus.on((change) => {
			const ofTheWorld = ['thread', 'conversation', 'chatlayer', 'settings'].includes(change.topic);
			if (!ofTheWorld || this.dirty) return;
			this.dirty = true;
			this.context.clock.afterReal(WAIT_MS, () => this.write());
		});
	}

	/** Writes what has not been written. */
	close(): void {
		if (this.dirty) this.write();
	}

	private load(text: string): void {
		const parsed = parseJson(text);
		const data = parsed.ok && isObject(parsed.value) ? (parsed.value as unknown as Snapshot) : undefined;
		if (data?.version !== VERSION) throw new Error(`${this.path} is not a data file of this sandbox`);
		try {
			this.flowAi.threads.load(data.flowAi);
			this.flowXo.store.load(data.flowXo);
			this.chatlayer.activity.load(data.counted);
			this.chatlayer.tracking.load(data.tracking);
			this.chatlayer.subscriptions.list = data.subscriptions;
			for (const [id, lines] of data.transcripts) this.chatlayer.transcripts.live.set(id, lines);
			if (data.webhook !== null) this.context.webhook = checkTarget(data.webhook);
		} catch {
			throw new Error(`${this.path} is damaged`);
		}
	}

	private write(): void {
		this.dirty = false;
		const snapshot = this.snapshot();
		const temporary = `${this.path}.${process.pid}.tmp`;
		// It holds the secrets of webhooks, so it is for its owner only.
		writeFileSync(temporary, JSON.stringify(snapshot), { mode: 0o600 });
		renameSync(temporary, this.path);
	}

	snapshot() {
		return {
			version: VERSION,
			flowAi: this.flowAi.threads.dump(),
			flowXo: this.flowXo.store.dump(),
			counted: this.chatlayer.activity.dump(),
			tracking: this.chatlayer.tracking.dump(),
			subscriptions: this.chatlayer.subscriptions.list,
			transcripts: [...this.chatlayer.transcripts.live],
			webhook: this.context.webhook,
		};
	}
}

type Snapshot = ReturnType<DataFile['snapshot']>;
