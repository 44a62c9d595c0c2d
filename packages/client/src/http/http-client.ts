import { aborted, isConvoflowError, type ConvoflowError, type ServiceName } from '../errors';
import type { HttpRequest, HttpResponse, JsonValue, Ports } from '../ports';
import { isSuccess, refusedByHost, STOPPED } from './arrival';
import { classifyFailure } from './classify';
import type { MultipartBody, Part } from './multipart';
import type { Pace } from './pace';
import {
	DEFAULT_RETRY,
	decideRetry,
	readRetryAfter,
	totalMs,
	type Effect,
	type RetryDecision,
	type RetryPolicy,
} from './retry';
import { eitherSignal, TimeLimits } from './signals';
import { failureError, notJsonError, outcomeUnknown, statusError, type ErrorRequest } from './service-error';
import { Traffic } from './traffic';
import { Turns, type Attempt } from './turns';
import { Upload, UPLOAD_MS } from './upload';
import { buildUrl, type Query } from './url';

/** Settings of a client; what is left out keeps its default. */
export interface HttpClientOptions {
	/** Normalised address without a trailing slash. */
	readonly baseUrl: string;
	/** Limit for one attempt, in ms. Default 30,000. */
	readonly timeoutMs?: number | undefined;
	/** Repeats after the first attempt. Default 2. */
	readonly retries?: number | undefined;
	readonly policy?: Partial<RetryPolicy>;
	/** Most requests a second, repeats and pages among them. No limit by default. */
	readonly requestsPerSecond?: number | undefined;
	/** Where that is counted; one of the client's own by default. */
	readonly pace?: Pace | undefined;
	/** What the service has asked its callers to keep to; of the client's own by default. */
	readonly traffic?: Traffic | undefined;
}

/** One call of a service. */
export interface Call {
	readonly method: HttpRequest['method'];
	/** Begins with a slash; its parts are already encoded. */
	readonly path: string;
	readonly query?: Query;
	readonly body?: JsonValue;
	/** Sent in place of `body`: texts and files, which are read while they are sent. */
	readonly multipart?: readonly Part[];
	readonly headers?: Readonly<Record<string, string>>;
	readonly effect: Effect;
	/** Stops the call, its waits included. */
	readonly signal?: AbortSignal | undefined;
	/** Identifies a send in an error about its unknown fate. */
	readonly traceId?: number | string;
}

/** Limit for one attempt where the caller says nothing, in ms. */
export const DEFAULT_TIMEOUT_MS = 30_000;

/** What becomes of an attempt that surely did not arrive and cannot be repeated all the same. */
const NOT_AGAIN: RetryDecision = { action: 'stop', ambiguous: false };

/**
 * Sends calls to one service: limits, repeats, waits on request of the service, errors that explain
 * themselves. Knows nothing of the host: requests go through `ports.request`.
 */
export class HttpClient {
	readonly #ports: Ports;
	readonly #service: ServiceName;
	readonly #baseUrl: string;
	readonly #timeoutMs: number;
	readonly #policy: RetryPolicy;
	readonly #traffic: Traffic;
	readonly #turns: Turns;
	readonly #limits = new TimeLimits();

	constructor(ports: Ports, service: ServiceName, options: HttpClientOptions) {
		this.#ports = ports;
		this.#service = service;
		this.#baseUrl = options.baseUrl;
		this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
		this.#traffic = options.traffic ?? new Traffic();
		this.#turns = new Turns(ports, service, this.#traffic, options);
		const policy = {
			...DEFAULT_RETRY,
			...options.policy,
			...(options.retries === undefined ? {} : { retries: options.retries }),
		};
		// A total that the caller names stays; the default gives way to a longer time-out or more repeats.
		this.#policy =
			options.policy?.totalMs === undefined
				? { ...policy, totalMs: totalMs(policy, this.#timeoutMs) }
				: policy;
	}

	/**
	 * Makes one call and reads its JSON answer. An empty answer is undefined.
	 * @throws `<SERVICE>_…` per status or fault, `CONVOFLOW_OUTCOME_UNKNOWN` for a send whose fate is open,
	 * `CONVOFLOW_ABORTED` when `signal` fires
	 */
	async json(call: Call): Promise<JsonValue | undefined> {
		return this.#read(call, await this.exchange(call));
	}

	/**
	 * Makes one call, and gives what reads its JSON answer: a text costs less memory than what it holds.
	 * @throws as `json`; `<SERVICE>_NOT_JSON` when it is read
	 */
	async later(call: Call): Promise<() => JsonValue | undefined> {
		const response = await this.exchange(call);
		return () => this.#read(call, response);
	}

	/**
	 * Makes one call and gives its answer as it came; its status says yes.
	 * @throws as `json`, but for an answer that is no JSON
	 */
	async exchange(call: Call): Promise<HttpResponse> {
		let startedMs = this.#ports.now();
		const request: ErrorRequest = { method: call.method, path: call.path, baseUrl: this.#baseUrl };
		const redact = (text: string): string => this.#ports.redact(text);
		const upload = call.multipart && new Upload(call.multipart);
		for (let attempt = 1; ; attempt += 1) {
			const leftMs = (): number => startedMs + this.#policy.totalMs - this.#ports.now();
			const { response, failure, waitedMs } = await this.#turns.take(
				request,
				leftMs,
				call.signal,
				async (withinMs) => await this.#attempt(call, withinMs, upload),
			);
			startedMs += waitedMs;
			if (response && isSuccess(response)) return response;
			const retryAfterMs = response && readRetryAfter(response.headers['retry-after'], this.#ports.now());
			const rules = decideRetry(
				{
					...(response ? { status: response.status } : { failure: failure.kind }),
					...(retryAfterMs === undefined ? {} : { retryAfterMs }),
				},
				call.effect,
				attempt,
				this.#ports.now() - startedMs,
				this.#policy,
				Math.random(),
			);
			const decision = upload?.hasBegun && rules.action === 'repeat' ? NOT_AGAIN : rules;
			// Without a word of the service fewer calls at once will do, as long as there are fewer.
			const isShared = retryAfterMs !== undefined || (response?.status === 429 && this.#traffic.most <= 1);
			if (isShared) this.#holdBack(decision.action === 'repeat' ? decision.delayMs : retryAfterMs);
			if (decision.action === 'stop') {
				const error = response
					? statusError(this.#service, request, response, retryAfterMs, redact)
					: failureError(this.#service, request, failure, redact);
				throw decision.ambiguous && error.code !== 'CONVOFLOW_ABORTED'
					? outcomeUnknown(error, call.traceId)
					: error;
			}
			this.#ports.log(
				'debug',
				`${call.method} ${call.path}: attempt ${attempt} did not succeed, next in ${decision.delayMs} ms`,
			);
			if (!isShared) await this.#sleep(decision.delayMs, call.signal);
		}
	}

	/** Lets every call of this client wait; a wait above the bound fails its own call only. */
	#holdBack(waitMs: number | undefined): void {
		if (waitMs === undefined || waitMs > this.#policy.maxRetryAfterMs + this.#policy.baseDelayMs) return;
		this.#traffic.holdUntil(this.#ports.now() + waitMs);
	}

	/** @param leftMs what is left of the time for the whole call, in ms */
	async #attempt(call: Call, leftMs: number, upload: Upload | undefined): Promise<Attempt> {
		// Files take the time that they take.
		const timeoutMs = Math.max(upload ? UPLOAD_MS : 1, Math.min(this.#timeoutMs, leftMs));
		const limit = this.#limits.after(timeoutMs, this.#ports.now());
		const stream = upload?.body();
		try {
			const response = await this.#ports.request({
				method: call.method,
				url: buildUrl(this.#baseUrl, call.path, call.query),
				headers: {
					accept: 'application/json',
					...contentTypeOf(call, stream),
					...call.headers,
				},
				...(stream ? { upload: stream } : call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
				timeoutMs,
				signal: eitherSignal(call.signal, limit),
			});
			// A refusal that was cut short by the caller's stop is a stop.
			const isCut = call.signal?.aborted === true && !isSuccess(response);
			return isCut ? { failure: STOPPED } : { response };
		} catch (error) {
			if (call.signal?.aborted) return { failure: STOPPED };
			if (upload?.fault) throw asItIs(upload.fault);
			if (limit.aborted) return { failure: { kind: 'timeout', message: `no answer within ${timeoutMs} ms` } };
			// A refusal of our own (a host that has no credential, say) already explains itself.
			if (isConvoflowError(error)) throw refusedByHost(error, call);
			return { failure: classifyFailure(error) };
		}
	}

	#read({ method, path }: Call, response: HttpResponse): JsonValue | undefined {
		// Takes a byte order mark off as well.
		const text = response.text.trim();
		if (text === '') return undefined;
		try {
			return JSON.parse(text) as JsonValue;
		} catch {
			const request = { method, path, baseUrl: this.#baseUrl };
			throw notJsonError(this.#service, request, response, (words) => this.#ports.redact(words));
		}
	}

	async #sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
		await this.#ports.sleep(ms, signal).catch(() => undefined);
		if (signal?.aborted) throw aborted();
	}
}

function contentTypeOf({ body }: Call, stream: MultipartBody | undefined): Record<string, string> {
	if (stream) return { 'content-type': stream.contentType };
	return body === undefined ? {} : { 'content-type': 'application/json' };
}

function asItIs(error: ConvoflowError): ConvoflowError {
	return error;
}
