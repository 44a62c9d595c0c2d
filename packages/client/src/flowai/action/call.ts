import { isObject, textOf } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';
import { isSameText } from '../../webhook/same-text';

/** Outcome of checking a call: which of the tokens it carries, or why it is refused. Never holds a token. */
export type ActionVerdict =
	{ readonly ok: true; readonly tokenIndex: number } | { readonly ok: false; readonly reason: string };

/**
 * Checks the `verifyToken` of a call against those of the credential; any of them will do, so that one can be
 * replaced without a gap. Never throws. Flow.ai reference §8.
 */
export async function verifyActionCall(body: JsonValue, tokens: readonly string[]): Promise<ActionVerdict> {
	const known = tokens.map((token) => token.trim());
	if (!known.some((token) => token !== '')) return { ok: false, reason: 'no verify token is set' };
	const given = isObject(body) ? textOf(body['verifyToken']) : undefined;
	if (given === undefined) return { ok: false, reason: 'the member "verifyToken" is missing in the body' };
	// Every token is compared, so that the time tells nothing of which one fits.
	const fits = await Promise.all(known.map((token) => isSameText(given.trim(), token)));
	const tokenIndex = fits.findIndex((fit, index) => fit && known[index] !== '');
	if (tokenIndex >= 0) return { ok: true, tokenIndex };
	return { ok: false, reason: 'the "verifyToken" does not fit the verify token of the credential' };
}

/** The first value of each parameter, which is what most flows carry. */
function firstValues(params: JsonValue | undefined): JsonObject {
	if (!isObject(params)) return {};
	return Object.fromEntries(
		Object.entries(params).map(([label, values]): [string, JsonValue] => {
			const first = Array.isArray(values) ? (values[0] ?? null) : values;
			return [label, isObject(first) ? (first['value'] ?? null) : first];
		}),
	);
}

/**
 * Reads the body of an action call: typed fields, and the body itself without its `verifyToken`, which is a
 * secret. `query` and the ids of the user may be missing. Flow.ai reference §8.
 */
export function parseActionCall(body: JsonObject): JsonObject {
	const user = isObject(body['user']) ? body['user'] : {};
	const originator = isObject(body['originator']) ? body['originator'] : {};
	const rest = Object.fromEntries(Object.entries(body).filter(([member]) => member !== 'verifyToken'));
	const who = (member: string): JsonValue => user[member] ?? originator[member] ?? null;
	return {
		action: body['action'] ?? null,
		threadId: body['threadId'] ?? null,
		channelName: body['channelName'] ?? null,
		query: body['query'] ?? null,
		values: firstValues(body['params']),
		params: body['params'] ?? {},
		userId: who('userId'),
		name: who('name'),
		role: who('role'),
		replyUrl: body['replyUrl'] ?? null,
		body: rest,
	};
}
