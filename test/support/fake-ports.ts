import type { HttpRequest, HttpResponse, JsonValue, LogLevel, Ports } from '@convoflow/client';
import { redactorOf } from '@convoflow/kit';
import { VirtualClock } from './virtual-clock';

/** How one request ends: an answer, a rejection, or what a function makes of it. */
export type Step = HttpResponse | Error | ((request: HttpRequest) => Promise<HttpResponse>);

/** Ports that answer by script and keep what they were asked. */
export interface FakePorts extends Ports {
	readonly clock: VirtualClock;
	readonly requests: HttpRequest[];
	/** Virtual time of each request, in ms. */
	readonly times: number[];
	readonly logs: { readonly level: LogLevel; readonly message: string }[];
}

/** A JSON answer. */
export function answer(body: JsonValue, status = 200, headers: Record<string, string> = {}): HttpResponse {
	return { status, headers: { 'content-type': 'application/json', ...headers }, text: JSON.stringify(body) };
}

/** An answer whose text is given as it is. */
export function text(body: string, status = 200, headers: Record<string, string> = {}): HttpResponse {
	return { status, headers, text: body };
}

/** An error as Node puts it: with a code. */
export function fault(code: string, message = code): Error {
	return Object.assign(new Error(message), { code });
}

/** Never answers; ends when the request is stopped, as a real transport does. */
export function hang({ signal }: HttpRequest): Promise<HttpResponse> {
	return new Promise((_, reject) => {
		const stop = (): void => reject(new DOMException('This operation was aborted', 'AbortError'));
		if (signal.aborted) stop();
		signal.addEventListener('abort', stop, { once: true });
	});
}

/**
 * Makes ports on a virtual clock.
 * @param script one step for each request; the last one serves every further request
 */
export function fakePorts(
	script: readonly Step[],
	options: { clock?: VirtualClock; secrets?: readonly string[]; openSocket?: Ports['openSocket'] } = {},
): FakePorts {
	const clock = options.clock ?? new VirtualClock();
	const requests: HttpRequest[] = [];
	const times: number[] = [];
	const logs: FakePorts['logs'] = [];
	return {
		clock,
		requests,
		times,
		logs,
		request: async (request) => {
			requests.push(request);
			times.push(clock.now());
			const step = script[Math.min(requests.length, script.length) - 1];
			if (step === undefined) throw new Error('the script has no step for this request');
			if (step instanceof Error) throw step;
			return typeof step === 'function' ? await step(request) : step;
		},
		sleep: clock.sleep,
		now: clock.now,
		openSocket:
			options.openSocket ??
			(() => {
				throw new Error('no socket is expected here');
			}),
		log: (level, message) => logs.push({ level, message }),
		redact: redactorOf(options.secrets ?? []),
	};
}

/** What a promise was rejected with; fails when it was not. */
export async function rejection(work: Promise<unknown>): Promise<unknown> {
	try {
		await work;
	} catch (error) {
		return error;
	}
	throw new Error('a rejection was expected');
}

/** Everything that an async iterable brings, one list for each page. */
export async function pagesOf<T>(pages: AsyncIterable<readonly T[]>): Promise<T[][]> {
	const all: T[][] = [];
	for await (const page of pages) all.push([...page]);
	return all;
}
