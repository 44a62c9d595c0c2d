import type { HttpResponse } from '../ports';

/** Characters of an answer that an error quotes. */
const EXCERPT_LENGTH = 300;
/** More than any excerpt needs; keeps the work on a huge answer small. */
const HEAD_LENGTH = 20_000;

/** The part of an answer that errors may quote. Secrets go before anything is cut, so that no half of one stays. */
export function headOf(response: HttpResponse, redact: (text: string) => string): string {
	return redact(response.text.slice(0, HEAD_LENGTH));
}

/** First part of an answer in one line. */
export function excerpt(text: string): string {
	const line = text
		.slice(0, EXCERPT_LENGTH * 2)
		.replace(/\s+/g, ' ')
		.trim();
	return line.length > EXCERPT_LENGTH ? `${line.slice(0, EXCERPT_LENGTH)} …` : line;
}

/** The service's own words in an error body: `message`, `error`, `error.message`, `payload.message`, else the text. */
export function wordsOf(text: string): string {
	try {
		const body = JSON.parse(text) as unknown;
		if (typeof body !== 'object' || body === null) return '';
		const { message, error, payload } = body as Record<string, unknown>;
		for (const candidate of [message, error, inner(error), inner(payload)]) {
			if (typeof candidate === 'string' && candidate.trim() !== '') return candidate;
		}
		return '';
	} catch {
		return text.trimStart().startsWith('<') ? '' : text;
	}
}

/** The `message` of a nested object. */
function inner(value: unknown): unknown {
	return typeof value === 'object' && value !== null
		? (value as Record<string, unknown>)['message']
		: undefined;
}
