import { isConvoflowError, toConvoflowError, type ConvoflowError } from '../../errors';
import { HttpClient, type HttpClientOptions } from '../../http/http-client';
import { Pace } from '../../http/pace';
import { Traffic } from '../../http/traffic';
import { rejectedError } from '../../http/service-error';
import type { TrustRules } from '../../http/trusted-url';
import { isObject, textOf } from '../../json';
import type { JsonObject, JsonValue, Ports } from '../../ports';
import { FLOW_AI } from '../rest-calls';
import { buildReply, type ActionReply } from './reply';
import { checkReplyUrl } from './reply-url';

/** Settings of the client for actions; limits and repeats are those of later replies. */
export interface ActionOptions extends HttpClientOptions, TrustRules {
	/** Verify tokens, the one in use first; a second one while it is being replaced. At least one. */
	readonly tokens: readonly string[];
}

/** Answers calls of action webhooks. Flow.ai reference §8. */
export class FlowAiActionClient {
	readonly #ports: Ports;
	readonly #options: ActionOptions;

	constructor(ports: Ports, options: ActionOptions) {
		this.#ports = ports;
		// Shared by all replies: each goes to an address of its own, and so over an HttpClient of its own.
		this.#options = { pace: new Pace(), traffic: new Traffic(), ...options };
	}

	/**
	 * The answer to a call that is still open.
	 * @param tokenIndex which of the tokens the call carried
	 * @throws CONVOFLOW_INVALID_INPUT (messages)
	 */
	answer(reply: ActionReply, tokenIndex = 0): JsonObject {
		return buildReply(reply, this.#options.tokens[tokenIndex] ?? '');
	}

	/**
	 * Sends an answer to the address that came with a call, once. A token that is refused gives way to the next
	 * one: a refused answer did not arrive. What Flow.ai answers is documented nowhere, so any success counts.
	 * @throws CONVOFLOW_INVALID_INPUT (replyUrl, messages) before anything is sent; `FLOWAI_REJECTED` for a success
	 * that says `error`; else as `HttpClient.json`
	 */
	async replyLater(replyUrl: string, reply: ActionReply, signal?: AbortSignal): Promise<void> {
		const url = checkReplyUrl(replyUrl, this.#options);
		const answers = this.#options.tokens.map((token) => buildReply(reply, token));
		for (const [index, body] of answers.entries()) {
			try {
				return await this.#post(url, body, signal);
			} catch (error) {
				const isRefused = isConvoflowError(error) && (error.status === 401 || error.status === 403);
				if (!isRefused || index === answers.length - 1) throw toConvoflowError(error);
			}
		}
	}

	async #post(url: URL, body: JsonObject, signal: AbortSignal | undefined): Promise<void> {
		const http = new HttpClient(this.#ports, FLOW_AI, { ...this.#options, baseUrl: url.origin });
		const path = `${url.pathname}${url.search}`;
		let said: JsonValue | undefined;
		try {
			said = await http.json({ method: 'POST', path, body, effect: 'send', signal });
		} catch (error) {
			const fault = toConvoflowError(error);
			if (fault.code !== 'FLOWAI_NOT_JSON') throw asItIs(fault);
		}
		if (!isObject(said) || said['status'] !== 'error') return;
		const words = textOf(said['message']) ?? textOf(said['error']);
		throw rejectedError(
			FLOW_AI,
			`Flow.ai refused this${words ? `: ${words}` : ''}`,
			'Check the fields, and that the reply URL is the one of a call that still waits.',
			said,
			(text) => this.#ports.redact(text),
		);
	}
}

function asItIs(error: ConvoflowError): ConvoflowError {
	return error;
}
