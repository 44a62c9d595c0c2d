import type { Bus } from '../bus';
import { isObject } from '../json';

/** One request that arrived, with everything secret replaced. */
export interface RequestRecord {
	id: string;
	at: string;
	surface: string;
	method: string;
	path: string;
	query: Record<string, unknown>;
	/** How the caller identified itself, never with what. */
	auth: 'bearer' | 'basic' | 'bare' | 'none';
	contentType?: string;
	body?: unknown;
	/** HTTP status of the answer; 0 when the connection was cut instead. */
	status: number;
	ms: number;
}

const SECRET_FIELD =
	/^(verifyToken|secret|nonce|token|api_?key|authorization|password|x-flowai-(secret|ott))$/i;
const MARK = '[redacted]';
const MAX_BODY = 16_384;

/** All forms in which secrets may stand in a text; undefined where there are none. */
function patternOf(secrets: readonly string[]): RegExp | undefined {
	const forms = secrets
		.filter((secret) => secret.length >= 4)
		.flatMap((secret) => {
			const base64 = Buffer.from(secret).toString('base64');
			return [
				secret,
				encodeURIComponent(secret),
				JSON.stringify(secret).slice(1, -1),
				base64,
				// Without padding it is found with padding as well.
				base64.replace(/=+$/, ''),
				Buffer.from(secret).toString('base64url'),
			];
		})
		// Of two secrets that begin alike the longer one goes first.
		.sort((a, b) => b.length - a.length)
		.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
	return forms.length > 0 ? new RegExp(forms.join('|'), 'g') : undefined;
}

/** Replaces secrets in anything that is to be shown: known field names, and known values wherever they stand. */
export class Redactor {
	private secrets: readonly string[] = [];
	private pattern: RegExp | undefined;

	/** @param read the secrets of the moment: the same array as long as they are the same */
	constructor(private readonly read: () => readonly string[]) {}

	text(value: string): string {
		const secrets = this.read();
		if (secrets !== this.secrets) {
			this.secrets = secrets;
			this.pattern = patternOf(secrets);
		}
		return this.pattern ? value.replace(this.pattern, MARK) : value;
	}

	value(value: unknown, depth = 0): unknown {
		if (typeof value === 'string') return this.text(value);
		if (depth > 40) return MARK;
		if (Array.isArray(value)) return value.map((item) => this.value(item, depth + 1));
		if (!isObject(value)) return value;
		const result: Record<string, unknown> = {};
		for (const [key, item] of Object.entries(value)) {
			result[key] = SECRET_FIELD.test(key) && item != null ? MARK : this.value(item, depth + 1);
		}
		return result;
	}

	/** The body as it is kept in the log: redacted and bounded. */
	body(body: unknown): unknown {
		if (body === undefined) return undefined;
		const text = JSON.stringify(body) ?? '';
		if (text.length > MAX_BODY) return this.text(text.slice(0, 200)) + ` … (${text.length} characters)`;
		return this.value(body);
	}
}

/** How the `Authorization` header is built, without its content. */
export function authForm(header: string | undefined): RequestRecord['auth'] {
	if (header === undefined || header === '') return 'none';
	if (/^bearer /i.test(header)) return 'bearer';
	return /^basic /i.test(header) ? 'basic' : 'bare';
}

/** The last requests, newest last. */
export class RequestLog {
	private readonly records: RequestRecord[] = [];
	private counter = 0;

	constructor(
		private readonly bus: Bus,
		private readonly limit = 5000,
	) {}

	add(record: Omit<RequestRecord, 'id'>): void {
		const id = `req-${++this.counter}`;
		this.records.push({ id, ...record });
		// Cut in one go now and then: shifting at every request would move the whole array each time.
		if (this.records.length > this.limit * 1.2) this.records.splice(0, this.records.length - this.limit);
		this.bus.emit({ topic: 'request', id });
	}

	all(): RequestRecord[] {
		return this.records.slice(-this.limit);
	}

	clear(): void {
		this.records.length = 0;
	}
}
