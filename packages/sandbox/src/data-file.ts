import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { ChatlayerWorld } from './chatlayer/world';
import type { Context } from './context';
import type { ActionWebhook } from './flowai/action-webhook';
import { uploads } from './flowai/uploads';
import type { FlowAiWorld } from './flowai/world';
import type { FlowXoWorld } from './flowxo/world';
import { isObject, parseJson } from './json';
import { applySettings } from './settings';
import { checkTarget } from './webhook/check-target';

/** Changes within this time are written together. */
const WAIT_MS = 300;
const VERSION = 1;

/** Whose state is kept. */
interface Parts {
	readonly flowAi: FlowAiWorld;
	readonly flowXo: FlowXoWorld;
	readonly chatlayer: ChatlayerWorld;
	readonly actions: ActionWebhook;
}

/** Keeps the world in a file over restarts. Generated conversations are not written, only what was changed. */
export class DataFile {
	private dirty = false;

	constructor(
		private readonly path: string,
		private readonly context: Context,
		private readonly parts: Parts,
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
		const { flowAi, flowXo, chatlayer, actions } = this.parts;
		try {
			flowAi.threads.load(data.flowAi);
			flowXo.store.load(data.flowXo);
			Object.assign(flowXo.account, data.flowXoAccount);
			chatlayer.activity.load(data.counted);
			chatlayer.tracking.load(data.tracking);
			chatlayer.subscriptions.list = data.subscriptions;
			for (const [id, lines] of data.transcripts) chatlayer.transcripts.live.set(id, lines);
			for (const [id, session] of data.sessions) chatlayer.transcripts.sessions.set(id, session);
			for (const file of data.uploads) uploads.add(this.context, { ...file, bytes: null });
			applySettings(this.context.settings, data.settings);
			actions.target = data.actionWebhook;
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
		const { flowAi, flowXo, chatlayer, actions } = this.parts;
		return {
			version: VERSION,
			flowAi: flowAi.threads.dump(),
			flowXo: flowXo.store.dump(),
			flowXoAccount: flowXo.account,
			counted: chatlayer.activity.dump(),
			tracking: chatlayer.tracking.dump(),
			subscriptions: chatlayer.subscriptions.list,
			transcripts: [...chatlayer.transcripts.live],
			sessions: [...chatlayer.transcripts.sessions],
			// Of files only what is known about them, not what they hold.
			uploads: uploads.all(this.context).map(({ bytes: _bytes, ...file }) => file),
			settings: this.context.settings,
			actionWebhook: actions.target,
			webhook: this.context.webhook,
		};
	}
}

type Snapshot = ReturnType<DataFile['snapshot']>;
