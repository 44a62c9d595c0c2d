import { ConvoflowError, toConvoflowError } from '../../errors';
import { HttpClient, type Call, type HttpClientOptions } from '../../http/http-client';
import { distrust, type TrustRules } from '../../http/trusted-url';
import { isObject, objectsIn, textOf } from '../../json';
import type { JsonObject, Ports } from '../../ports';
import { FLOW_AI } from '../client';
import { ask, type AskOptions, type Reply } from './ask';
import { uploadCall, uploadedMessage, type SocketUpload } from './upload';
import type { TraceId } from './deliveries';
import { ThreadAccess } from './thread-access';
import { ThreadConnections, type ThreadConnectionsOptions } from './thread-connections';

/** Settings of a socket client. */
export interface SocketClientOptions extends HttpClientOptions, ThreadConnectionsOptions {
	/** Client id of the web channel; some frames carry it (Flow.ai reference §5.3). */
	readonly clientId: string;
	/** Sent with the upgrade where the channel has a list of domains (Flow.ai reference §5.2). */
	readonly origin?: string | undefined;
	/** Lets threads of a channel in that asks for one (Flow.ai reference §5.2: `x-flowai-ott`). */
	readonly oneTimeToken?: string | undefined;
	/** Hosts that streams may lead to beside that of the base URL; see `TrustRules`. None by default. */
	readonly streamHosts?: readonly string[] | undefined;
}

/** What a connection is asked for with. */
export interface EndpointRequest {
	/** Thread to be listened to; without one the connection learns its threads from what is sent on it. */
	readonly threadId?: string | undefined;
	/** Fresh for each connection (001, Request an endpoint). */
	readonly sessionId: string;
	readonly signal?: AbortSignal | undefined;
}

/** What to do when no address is given out. */
const ADVICE = 'Check the client ID in the credential: dashboard, Channels. Then check the base URL.';

/** Limit for `socket.info`, in ms. With the limits of the connection it stays below the 60 s an endpoint lives. */
const ENDPOINT_TIMEOUT_MS = 10_000;

/** Limit for one attempt and for the whole of reading a history, in ms: the stream waits for it. */
const HISTORY_TIMEOUT_MS = 5_000;
const HISTORY_TOTAL_MS = 15_000;

/**
 * The Socket API of Flow.ai: its connections, and the calls beside them. To calls the client id is added by the
 * host, as a query value and as a header, since the documents show both forms (Flow.ai reference §5.2).
 */
export class FlowAiSocketClient {
	readonly clientId: string;
	readonly origin: string | undefined;
	/** The connections of this client, shared by all who listen or send. */
	readonly threads: ThreadConnections;
	readonly #http: HttpClient;
	/** Reads beside the socket: they may be repeated, an endpoint is asked for by the session. */
	readonly #reads: HttpClient;
	readonly #ports: Ports;
	readonly #trust: TrustRules;
	readonly #access: ThreadAccess;

	constructor(ports: Ports, options: SocketClientOptions) {
		this.clientId = options.clientId;
		this.origin = options.origin;
		this.#access = new ThreadAccess(options.oneTimeToken);
		this.threads = new ThreadConnections(ports, this, options);
		this.#http = new HttpClient(ports, FLOW_AI, { timeoutMs: ENDPOINT_TIMEOUT_MS, retries: 0, ...options });
		this.#reads = new HttpClient(ports, FLOW_AI, {
			...options,
			timeoutMs: HISTORY_TIMEOUT_MS,
			policy: { totalMs: HISTORY_TOTAL_MS },
		});
		this.#ports = ports;
		this.#trust = { baseUrl: options.baseUrl, hosts: options.streamHosts ?? [] };
	}

	/**
	 * Fetches a new endpoint, good for one connection within 60 s. `GET socket.info` (001, Request an endpoint).
	 * @throws `FLOWAI_…`; the session decides which of them end it
	 */
	async endpoint(asked: EndpointRequest): Promise<string> {
		try {
			return await this.#askEndpoint(asked);
		} catch (thrown) {
			const error = toConvoflowError(thrown);
			const isRefused = error.status === 401 || error.status === 403;
			// Asked for anew once, without what the thread was let in with before.
			if (!isRefused || !this.#access.dropOutdated(asked.threadId)) throw asItIs(error);
			return await this.#askEndpoint(asked);
		}
	}

	async #askEndpoint({ threadId, sessionId, signal }: EndpointRequest): Promise<string> {
		const call: Call = {
			method: 'GET',
			path: '/socket.info',
			query: { sessionId, threadId },
			headers: { 'x-flowai-sessionid': sessionId, ...this.#access.admission(threadId) },
			effect: 'read',
			signal,
		};
		const body = await this.#http.json(call).catch((error: unknown) => {
			throw withAdvice(error);
		});
		const answer = isObject(body) ? body : {};
		const payload = isObject(answer['payload']) ? answer['payload'] : {};
		const endpoint = textOf(payload['endpoint']);
		if (answer['status'] === 'ok' && endpoint && /^wss?:\/\//.test(endpoint) && URL.canParse(endpoint)) {
			this.#checkEndpoint(new URL(endpoint));
			this.#access.admitted(threadId, textOf(answer['secret']));
			return endpoint;
		}
		const words = this.#ports.redact(textOf(payload['message']) ?? '');
		throw new ConvoflowError(
			'FLOWAI_STREAM_REFUSED',
			`Flow.ai gave no stream address${words ? `: ${words}` : ''}`,
			{ advice: ADVICE },
		);
	}

	/** The stream carries the secret of the thread and all that is said: it leads nowhere that nobody allowed. */
	#checkEndpoint(endpoint: URL): void {
		const rule = distrust(endpoint, this.#trust);
		if (rule === undefined) return;
		throw new ConvoflowError(
			'FLOWAI_STREAM_REFUSED',
			`The address that Flow.ai gave for the stream ${rule}`,
			{
				advice: 'If it is right, add its host to Stream Hosts in the credential; else check the base URL.',
			},
		);
	}

	/**
	 * Reads what was said in a thread last. `GET thread.history` (Flow.ai reference §5.4): a bare list of entries;
	 * how many, and in which order, is documented nowhere.
	 * @throws `FLOWAI_…`
	 */
	async history(threadId: string, signal?: AbortSignal): Promise<JsonObject[]> {
		const body = await this.#reads.json({
			method: 'GET',
			path: '/thread.history',
			query: { threadId },
			headers: this.#access.headers(threadId),
			effect: 'read',
			signal,
		});
		const answer = isObject(body) ? body : {};
		if (answer['status'] === 'ok' && Array.isArray(answer['payload'])) return objectsIn(answer['payload']);
		throw new ConvoflowError('FLOWAI_REJECTED', 'Flow.ai gave no history of the thread', {
			advice: 'Check the thread.',
		});
	}

	/**
	 * Sends a message into a thread and collects what the bot says until it falls quiet.
	 * @param message payload of `message.send` with its `traceId`; thread and nonce are added
	 * @throws as `ThreadLease.sendMessage`
	 */
	async ask(
		threadId: string,
		message: JsonObject & { readonly traceId: TraceId },
		options: AskOptions,
	): Promise<Reply> {
		return await ask(this.threads, this.#ports, threadId, message, options);
	}

	/**
	 * Sends a frame that is not confirmed, once the connection works.
	 * @throws as `ThreadLease.connected`
	 */
	async tell(threadId: string, frame: JsonObject, signal?: AbortSignal): Promise<void> {
		const lease = this.threads.acquire(threadId);
		try {
			await lease.connected({ signal });
			lease.send(frame);
		} finally {
			lease.release();
		}
	}

	/**
	 * Whether a thread holds messages that its user has not noticed. `GET thread.unnoticed` (Flow.ai reference
	 * §5.4, seen in the vendor's own client).
	 * @throws `FLOWAI_…`
	 */
	async hasUnnoticed(threadId: string, signal?: AbortSignal): Promise<boolean> {
		const body = await this.#reads.json({
			method: 'GET',
			path: '/thread.unnoticed',
			query: { threadId },
			headers: this.#access.headers(threadId),
			effect: 'read',
			signal,
		});
		const { unnoticed } = isObject(body) && isObject(body['payload']) ? body['payload'] : {};
		if (typeof unnoticed === 'boolean') return unnoticed;
		throw new ConvoflowError('FLOWAI_NOT_JSON', 'Flow.ai did not say whether there is something unnoticed', {
			advice: 'Check the base URL in the credential.',
		});
	}

	/**
	 * Uploads a file into a thread and sends it there as a message. `POST thread.upload` (Flow.ai reference §5.4,
	 * seen in the vendor's own client). The thread's connection comes first: with it the thread has its session
	 * and its secret. Never repeated once bytes were sent.
	 * @returns the message with what the service calls its file
	 * @throws `FLOWAI_…` (`FLOWAI_TOO_LARGE` for a file that the service does not take), `CONVOFLOW_OUTCOME_UNKNOWN`,
	 * `CONVOFLOW_FILE_UNREADABLE`, and as `ThreadLease.connected`
	 */
	async upload(threadId: string, upload: SocketUpload, signal?: AbortSignal): Promise<JsonObject> {
		const lease = this.threads.acquire(threadId);
		try {
			this.threads.noteSend(threadId);
			await lease.connected({ signal });
			const about = { threadId, clientId: this.clientId, sessionId: lease.sessionId };
			const call = uploadCall(about, upload, this.#access.headers(threadId));
			const body = await this.#http.json({ ...call, signal });
			return uploadedMessage(body, upload.message.traceId, (text) => this.#ports.redact(text));
		} finally {
			lease.release();
		}
	}

	/** Ends every connection for good. Safe to repeat. */
	async close(): Promise<void> {
		await this.threads.close();
		this.#access.clear();
	}

	/** The secret of a thread, where it has one. Every message into it carries it (Flow.ai reference §5.2). */
	nonceOf(threadId: string): string | undefined {
		return this.#access.secretOf(threadId);
	}

	/** Keeps the secret of a thread, which every later call for it must carry (Flow.ai reference §5.2). */
	keepSecret(threadId: string, secret: string): void {
		this.#access.keepSecret(threadId, secret);
	}
}

/** A bad request here has one part that a user can change: the client ID. */
function withAdvice(thrown: unknown): ConvoflowError {
	const error = toConvoflowError(thrown);
	if (error.status !== 400) return error;
	// Some places show the message alone, so it names the setting itself.
	return error.restated({ message: `The client ID was not accepted. ${error.message}`, advice: ADVICE });
}

function asItIs(error: ConvoflowError): ConvoflowError {
	return error;
}
