import { aborted, type ConvoflowError, toConvoflowError } from '../../errors';
import { isObject } from '../../json';
import type { JsonObject, Ports } from '../../ports';
import type { TraceId } from './deliveries';
import type { ThreadConnections } from './thread-connections';

/** How long to wait for a bot. */
export interface AskOptions {
	/** The reply is whole when the bot has said nothing for this long, in ms. */
	readonly quietMs: number;
	/** Longest wait for the whole reply once the message was sent, in ms. */
	readonly withinMs: number;
	readonly signal?: AbortSignal | undefined;
}

/** What came back. */
export interface Reply {
	/** Payloads of `message.received` of the bot, in order. */
	readonly payloads: readonly JsonObject[];
	/** False when the time was over before the bot fell quiet. */
	readonly isWhole: boolean;
}

/**
 * Sends a message over the socket and collects what the bot says until it falls quiet. What others write into
 * the thread meanwhile does not count.
 * @param message payload of `message.send` with its `traceId`; thread and nonce are added
 * @throws as `ThreadLease.sendMessage`; a send that was never confirmed counts as arrived once the bot replies
 */
export async function ask(
	threads: ThreadConnections,
	{ sleep, now }: Pick<Ports, 'sleep' | 'now'>,
	threadId: string,
	message: JsonObject & { readonly traceId: TraceId },
	{ quietMs, withinMs, signal }: AskOptions,
): Promise<Reply> {
	const payloads: JsonObject[] = [];
	let lastMs: number | undefined;
	let isAsked = false;
	let failure: ConvoflowError | undefined;
	let look = new AbortController();
	const lease = threads.acquire(threadId, {
		onEvent: (kind, { body, role }) => {
			if (!isAsked) return;
			if (kind === 'typing' && lastMs !== undefined) lastMs = now();
			// Who is not named is the bot: it alone speaks on the socket of a web channel (Flow.ai reference §5.3).
			if (kind !== 'message' || (role ?? 'bot') !== 'bot') return;
			if (isObject(body) && isObject(body['payload'])) payloads.push(body['payload']);
			if (lastMs === undefined) look.abort();
			lastMs = now();
		},
	});
	try {
		await lease.connected({ signal });
		const untilMs = now() + withinMs;
		isAsked = true;
		lease
			.sendMessage(message, { signal, deliverWithinMs: withinMs, whileDown: 'refuse' })
			.catch((error: unknown) => {
				failure = toConvoflowError(error);
				look.abort();
			});
		for (;;) {
			if (signal?.aborted) throw aborted();
			if (failure && (payloads.length === 0 || failure.code !== 'CONVOFLOW_OUTCOME_UNKNOWN')) throw failure;
			const wakeMs = lastMs === undefined ? untilMs : Math.min(lastMs + quietMs, untilMs);
			if (now() >= wakeMs) return { payloads, isWhole: lastMs !== undefined && now() < untilMs };
			look = new AbortController();
			const limit = signal ? AbortSignal.any([look.signal, signal]) : look.signal;
			await sleep(wakeMs - now(), limit).catch(() => undefined);
		}
	} finally {
		lease.release();
	}
}
