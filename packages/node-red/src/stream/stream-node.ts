import {
	invalidInput,
	type ConvoflowError,
	type FlowAiSocketClient,
	type JsonObject,
	type StreamKind,
	type StreamStatus,
	type ThreadConnections,
	type ThreadLease,
} from '@convoflow/client';
import { readFields } from '@convoflow/kit';
import { listedThreads } from '@convoflow/nodes';
import { hostFields } from '../model/host-fields';
import type { TriggerNode } from '../model/nodes';
import { explain, toNodeError } from '../runtime/errors';
import type { Message, Red, RedNode } from '../runtime/red';
import { findLink, readContext } from '../runtime/service-link';
import { show, showNothing, type StatusName } from '../runtime/status';

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
	readonly #leases = new Map<string, ThreadLease>();
	readonly #statuses = new Map<string, StreamStatus>();
	/** Threads of which messages may be missing, until the next event of theirs. */
	readonly #gaps = new Set<string>();

	constructor(node: RedNode, threads: ThreadConnections, events: readonly string[]) {
		this.#node = node;
		this.#threads = threads;
		this.#events = events;
	}

	/** Listens to one more thread. @throws CONVOFLOW_TOO_MANY_THREADS */
	add(threadId: string): void {
		if (this.#leases.has(threadId)) return;
		const lease = this.#threads.acquire(threadId, {
			onEvent: (kind, output) => this.#emit(threadId, kind, output),
			onStatus: (status) => {
				this.#statuses.set(threadId, status);
				if (status.state === 'failed') this.#node.error(explain(status.error));
				this.show();
			},
		});
		this.#leases.set(threadId, lease);
	}

	remove(threadId: string): void {
		this.#leases.get(threadId)?.release();
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
		let listening: ListeningNode | undefined;
		let unwatch = (): void => undefined;
		const report = (thrown: unknown): void => {
			const error = toNodeError(thrown);
			show(this, error.code === 'CONVOFLOW_NO_CREDENTIAL' ? 'noCredential' : 'failed');
			this.error(error.message);
		};
		try {
			const settings = readFields(fields, config, readContext()) as unknown as StreamSettings;
			const { threads } = findLink(red, config[credential.name], credential).client as FlowAiSocketClient;
			const node = new ListeningNode(this, threads, settings.events);
			listening = node;
			for (const threadId of listedThreads(settings.threadId)) node.add(threadId);
			if (settings.sentThreads)
				unwatch = threads.watchSends((threadId) => tryTo(() => node.add(threadId), report));
			node.show();
		} catch (thrown) {
			report(thrown);
		}
		this.on('input', (message, _send, done) => {
			try {
				for (const threadId of namedIn(message)) {
					if (message['action'] === 'unsubscribe') listening?.remove(threadId);
					else listening?.add(threadId);
				}
				done();
			} catch (thrown) {
				done(toNodeError(thrown));
			}
		});
		this.on('close', (_removed, done) => {
			unwatch();
			listening?.close();
			showNothing(this);
			done();
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
