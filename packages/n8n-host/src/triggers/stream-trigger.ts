import {
	aborted,
	ConvoflowError,
	type FlowAiSocketClient,
	type JsonObject,
	type ThreadLease,
	type ThreadListener,
} from '@convoflow/client';
import { flowAiSocketApi } from '@convoflow/credentials';
import { listedThreads, streamTrigger } from '@convoflow/nodes';
import { sleep, type ITriggerFunctions, type ITriggerResponse } from 'n8n-workflow';
import { connectCredential } from '../credential';
import { toNodeError } from '../node-error';
import { requireWebSocket } from '../socket';
import { readSettings } from './settings';
import { StreamPositions } from './stream-positions';

/** n8n waits for a trigger to close; this is how long it may take, in ms. */
const CLOSE_MS = 1_000;

/** The first attempt failed: said at once instead of tried in silence, since n8n repeats an activation itself. */
function unavailable(why: string): ConvoflowError {
	return new ConvoflowError(
		'FLOWAI_STREAM_UNAVAILABLE',
		`The stream of Flow.ai could not be opened: ${why}`,
		{
			advice: 'Check the client ID and the base URL in the credential, and that the service can be reached.',
		},
	);
}

/** Hands an event to n8n. Its key keeps an event that comes twice from starting two runs. */
function emit(context: ITriggerFunctions, output: JsonObject): void {
	const key = output['eventKey'];
	const deduplicationKey =
		typeof key === 'string' ? `${context.getWorkflow().id}:${context.getNode().id}:${key}` : undefined;
	context.emit([[{ json: output }]], undefined, undefined, deduplicationKey);
}

/** A stream that is opened once and closed for good. */
interface Listener {
	/** Resolves when the first connection works; rejects with what keeps it from working. */
	open(): Promise<void>;
	close(): Promise<void>;
}

async function createListener(context: ITriggerFunctions): Promise<Listener> {
	requireWebSocket();
	const { threadId, events } = readSettings(context, streamTrigger);
	const connection = await connectCredential(context, flowAiSocketApi);
	const { threads } = connection.client as FlowAiSocketClient;
	let isOver = false;
	const listened = listedThreads(threadId);
	const positions = new StreamPositions(context, listened);
	const leases = new Map<string, ThreadLease>();
	const keep = (thread: string): void => {
		const lease = leases.get(thread);
		if (lease) positions.keep(lease);
	};

	/** Resolves when the first connection works; later a refusal is fatal, everything else cures itself. */
	const listen = async (thread: string): Promise<void> => {
		await new Promise<void>((resolve, reject) => {
			let isOpen = false;
			const listener: ThreadListener = {
				onEvent: (kind, output) => {
					if (!Array.isArray(events) || !events.includes(kind)) return;
					keep(thread);
					emit(context, output);
				},
				onStatus: (status) => {
					if (status.state === 'connected') {
						isOpen = true;
						if (!positions.of(thread)) keep(thread);
						resolve();
					} else if (status.state === 'waiting') {
						reject(unavailable(status.why));
					} else if (status.state === 'stopped') {
						reject(aborted());
					} else if (status.state === 'failed' && isOpen) {
						// n8n ends the trigger and tries again later, once for each error that it is told.
						if (isOver) return;
						isOver = true;
						context.emitError(toNodeError(context.getNode(), status.error));
					} else if (status.state === 'failed') {
						reject(status.error);
					}
				},
			};
			leases.set(thread, threads.acquire(thread, listener, positions.of(thread)));
		});
	};
	return {
		open: async () => {
			// What keeps one thread from working, as a rule a setting, mostly keeps all: it is asked for once.
			const [first, ...others] = listened;
			if (first !== undefined) await listen(first);
			await Promise.all(others.map(listen));
		},
		close: async () => {
			const closed = new AbortController();
			const late = sleep(CLOSE_MS, closed.signal).catch(() => undefined);
			await Promise.race([connection.close(), late]);
			closed.abort();
		},
	};
}

/**
 * Listens to threads for as long as the workflow is active, or until the first event of a test.
 * @throws NodeOperationError or NodeApiError when the first connection does not work
 */
export async function listenToStream(context: ITriggerFunctions): Promise<ITriggerResponse> {
	let isClosed = false;
	let listener: Listener | undefined;
	const start = async (): Promise<void> => {
		try {
			listener = await createListener(context);
			if (!isClosed) await listener.open();
		} catch (error) {
			await listener?.close();
			// Stopped while connecting: the stop is the answer, not an error.
			if (!isClosed) throw toNodeError(context.getNode(), error);
		}
	};
	// In a test n8n replaces `emit` after this function has returned, so the stream opens later.
	const isTest = context.getMode() === 'manual';
	if (!isTest) await start();
	return {
		...(isTest ? { manualTriggerFunction: start } : {}),
		closeFunction: async () => {
			isClosed = true;
			await listener?.close();
		},
	};
}
