import {
	invalidInput,
	type ConvoflowError,
	type FlowAiSocketClient,
	type JsonObject,
	type StreamKind,
	type StreamStatus,
	type ThreadConnections,
	type ThreadLease,
	type ThreadListener,
} from '@convoflow/client';
import { readFields } from '@convoflow/kit';
import { listedThreads } from '@convoflow/nodes';
import { hostFields } from '../model/host-fields';
import type { TriggerNode } from '../model/nodes';
import { explain, toNodeError } from '../runtime/errors';
import type { Message, Red, RedNode } from '../runtime/red';
import { findLink, readContext } from '../runtime/service-link';
import { show, showNothing, type StatusName } from '../runtime/status';
import { KeptPositions } from './kept-positions';

const STATUS_BY_STATE: Readonly<Record<Exclude<StreamStatus['state'], 'failed'>, StatusName>> = {
	connecting: 'connecting',
	connected: 'connected',
	waiting: 'reconnecting',
	stopped: 'connecting',
};

interface StreamSettings {
	readonly threadId?: string;
	readonly events: readonly string[];
	readonly sentThreads?: boolean;
}

/** Why Flow.ai gives no connection (Flow.ai reference §5.2); the whole of it is in the debug sidebar. */
function reasonOf({ code, status }: ConvoflowError): StatusName {
	if (status === 400 || status === 401 || code === 'FLOWAI_STREAM_REFUSED') return 'clientIdRefused';
	return status === 402 || status === 403 ? 'notAllowed' : 'stopped';
}

/** What a node with several threads shows: what is worst. */
const WORST_FIRST: readonly StreamStatus['state'][] = [
	'failed',
	'waiting',
	'connecting',
	'stopped',
	'connected',
];

/** The threads of one node, and what it shows of them. */
class ListeningNode {
	readonly #node: RedNode;
	readonly #threads: ThreadConnections;
	readonly #events: readonly string[];
	readonly #positions: KeptPositions;
	readonly #leases = new Map<string, ThreadLease>();
	readonly #statuses = new Map<string, StreamStatus>();
	/** Threads of which no position is kept. */
	readonly #unkept = new Set<string>();
	/** Threads of which messages may be missing, until the next event of theirs. */
	readonly #gaps = new Set<string>();
	/** The refusal that was told last: one that all threads meet is told once. */
	#told = '';

	constructor(
		node: RedNode,
		threads: ThreadConnections,
		events: readonly string[],
		positions: KeptPositions,
	) {
		this.#positions = positions;
		this.#node = node;
		this.#threads = threads;
		this.#events = events;
	}

	/**
	 * Listens to one more thread, and once more to one that Flow.ai had refused.
	 * @param isSent it was written to; such a thread yields where another one needs its place
	 * @throws CONVOFLOW_TOO_MANY_THREADS
	 */
	add(threadId: string, isSent = false): void {
		const known = this.#leases.get(threadId);
		if (known && known.status.state !== 'failed') return;
		known?.release();
		// One that was written to is listened to again when it is written to again: there may be any number of them.
		if (isSent) this.#unkept.add(threadId);
		else this.#unkept.delete(threadId);
		const position = isSent ? undefined : this.#positions.of(threadId);
		const listener: ThreadListener = {
			onEvent: (kind, output) => this.#emit(threadId, kind, output),
			onStatus: (status) => {
				this.#statuses.set(threadId, status);
				this.#report(status);
				// What comes from now on is not to be missed, also when nothing comes before the next start.
				if (status.state === 'connected' && !position) this.#note(threadId);
				this.show();
			},
			...(isSent ? { makeRoom: () => this.#giveUp(threadId) } : {}),
		};
		this.#leases.set(threadId, this.#threads.acquire(threadId, listener, position));
	}

	remove(threadId: string): void {
		this.#leases.get(threadId)?.release();
		this.#positions.forget(threadId);
		this.#leases.delete(threadId);
		this.#statuses.delete(threadId);
		this.#gaps.delete(threadId);
		this.show();
	}

	close(): void {
		for (const lease of this.#leases.values()) lease.release();
		this.#leases.clear();
	}

	show(): void {
		const statuses = [...this.#statuses.values()];
		const worst = WORST_FIRST.flatMap((state) => statuses.filter((status) => status.state === state))[0];
		if (!worst) show(this.#node, 'noThread');
		else if (worst.state === 'failed') show(this.#node, reasonOf(worst.error));
		else if (worst.state === 'connected' && this.#gaps.size > 0) show(this.#node, 'gap');
		else show(this.#node, STATUS_BY_STATE[worst.state]);
	}

	#report(status: StreamStatus): void {
		if (status.state === 'connected') this.#told = '';
		if (status.state !== 'failed') return;
		const words = explain(status.error);
		if (words !== this.#told) this.#node.error(words);
		this.#told = words;
	}

	#giveUp(threadId: string): void {
		this.#node.warn(
			`${threadId}: not listened to any more, since another thread was written to and all places are taken. Raise "Threads at Once" in the credential to listen to more.`,
		);
		this.remove(threadId);
	}

	#emit(threadId: string, kind: StreamKind, output: JsonObject): void {
		const had = this.#gaps.has(threadId);
		if (kind === 'gap') {
			this.#gaps.add(threadId);
			this.#node.warn(`${threadId}: ${JSON.stringify(output['text'])}`);
		} else if (kind === 'message') {
			this.#gaps.delete(threadId);
		}
		if (had !== this.#gaps.has(threadId)) this.show();
		if (this.#events.includes(kind)) this.#node.send({ payload: output, topic: kind, threadId });
		if (kind === 'message' || kind === 'gap') this.#note(threadId);
	}

	#note(threadId: string): void {
		const lease = this.#leases.get(threadId);
		if (lease && !this.#unkept.has(threadId)) this.#positions.note(lease);
	}
}

/** The threads that a message names: `msg.threadId`, one, several separated by commas, or a list. */
function namedIn({ threadId }: Message): string[] {
	const named: unknown[] = Array.isArray(threadId) ? threadId : [threadId];
	const threads = named.flatMap((one) => listedThreads(one));
	if (threads.length > 0) return threads;
	throw invalidInput('threadId', 'msg.threadId', 'is empty');
}

/** Registers the node that starts a flow when something happens in threads of a web channel. */
export function registerStreamNode(red: Red, { type, trigger, credential }: TriggerNode): void {
	if (!credential) throw new TypeError(`${type} needs a credential`);
	const fields = { ...trigger.fields, ...hostFields(trigger), ...trigger.optional };

	red.nodes.registerType(type, function (config) {
		red.nodes.createNode(this, config);
		let unwatch = (): void => undefined;
		let isClosed = false;
		let listening: ListeningNode | undefined;
		const positions = new KeptPositions(red, config.id);
		const report = (thrown: unknown): void => {
			const error = toNodeError(thrown);
			show(this, error.code === 'CONVOFLOW_NO_CREDENTIAL' ? 'noCredential' : 'failed');
			this.error(error.message);
		};
		const listen = async (): Promise<void> => {
			// Without its store the node still listens, from now on.
			await positions.open().catch(report);
			if (isClosed) return;
			const settings = readFields(fields, config, readContext()) as unknown as StreamSettings;
			const { threads } = findLink(red, config[credential.name], credential).client as FlowAiSocketClient;
			const node = new ListeningNode(this, threads, settings.events, positions);
			listening = node;
			for (const threadId of listedThreads(settings.threadId)) node.add(threadId);
			if (settings.sentThreads)
				unwatch = threads.watchSends((threadId) => tryTo(() => node.add(threadId, true), report));
			node.show();
		};
		const started = listen().catch(report);
		const hear = async (message: Message): Promise<void> => {
			await started;
			for (const threadId of namedIn(message)) {
				if (message['action'] === 'unsubscribe') listening?.remove(threadId);
				else listening?.add(threadId);
			}
		};
		this.on('input', (message, _send, done) => {
			hear(message).then(
				() => done(),
				(thrown: unknown) => done(toNodeError(thrown)),
			);
		});
		this.on('close', (removed, done) => {
			isClosed = true;
			unwatch();
			listening?.close();
			void started
				.then(async () => await positions.close(removed))
				.catch(() => undefined)
				.finally(() => {
					showNothing(this);
					done();
				});
		});
	});
}

function tryTo(act: () => void, report: (thrown: unknown) => void): void {
	try {
		act();
	} catch (thrown) {
		report(thrown);
	}
}
