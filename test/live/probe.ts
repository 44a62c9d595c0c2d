/** What one look at a service found. */
export interface Finding {
	/** `as documented`, `different`, `answered` (an open question) or `skipped`. */
	verdict: 'as documented' | 'different' | 'answered' | 'skipped';
	/** What was found, without any value of the account: statuses, field names, kinds and counts. */
	found: string[];
}

/** One thing to look at. */
export interface Check {
	id: string;
	/** Document and section that is compared. */
	source: string;
	/** What the reference says, or the question it leaves open. */
	says: string;
	/** Environment variables that must be set. */
	needs: string[];
	/** Writes into the account; only run when asked for. */
	writes?: boolean;
	run: (env: Env) => Promise<Finding>;
}

export type Env = Record<string, string>;

export interface Answer {
	status: number;
	type: string;
	/** Parsed JSON; undefined when there was none. */
	json: unknown;
	bytes: number;
}

const TIMEOUT_MS = 30_000;

/** Calls a service. Never throws for a status; redirects are not followed, so that no key goes elsewhere. */
export async function ask(
	url: string,
	headers: Record<string, string> = {},
	init: { method?: string; body?: unknown } = {},
): Promise<Answer> {
	const response = await fetch(url, {
		method: init.method ?? 'GET',
		redirect: 'manual',
		signal: AbortSignal.timeout(TIMEOUT_MS),
		headers: { ...headers, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }) },
		...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
	});
	const text = await response.text();
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		json = undefined;
	}
	return {
		status: response.status,
		type: response.headers.get('content-type') ?? 'none',
		json,
		bytes: text.length,
	};
}

/** The kind of a JSON value, in words. */
export function kind(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return typeof value === 'undefined' ? 'missing' : typeof value;
}

/** The value at a path such as `result.history.0.originator`. */
export function at(value: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((inner, key) => {
		return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined;
	}, value);
}

/** The value as a text, or an empty one. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The value as an array, or an empty one. */
export const rows = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** Names of the fields of an object that are not among those known. */
export function others(value: unknown, known: string[]): string[] {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
	return Object.keys(value).filter((key) => !known.includes(key));
}

/**
 * Compares an answer with the documented status and the documented kinds of fields (`string|null` allows both,
 * `?string` may be missing).
 */
export function compare(answer: Answer, fields: Record<string, string>, status = 200): Finding {
	const found = [`status ${answer.status}, ${answer.type}`];
	let different = answer.status !== status;
	if (answer.json === undefined) {
		found.push(`no JSON (${answer.bytes} characters)`);
		different = true;
	}
	for (const [path, wanted] of Object.entries(fields)) {
		if (answer.json === undefined) break;
		const got = kind(path === '' ? answer.json : at(answer.json, path));
		const allowed = wanted.replace('?', '').split('|');
		if (allowed.includes(got) || (wanted.startsWith('?') && got === 'missing')) continue;
		found.push(`${path === '' ? 'the answer' : path}: ${got} instead of ${wanted.replace('?', '')}`);
		different = true;
	}
	return { verdict: different ? 'different' : 'as documented', found };
}

/** Adds what else was seen to a finding. */
export function also(finding: Finding, ...found: string[]): Finding {
	return { ...finding, found: [...finding.found, ...found.filter((line) => line !== '')] };
}

/** An answer to a question that the reference leaves open. */
export const answered = (...found: string[]): Finding => ({ verdict: 'answered', found });

/** In which order times run. */
export function order(times: unknown[]): string {
	const known = times.filter((time) => typeof time === 'string').map((time) => Date.parse(time));
	if (known.length < 2) return 'too few rows to tell';
	const pairs = known.slice(1).map((time, n) => Math.sign(time - (known[n] ?? 0)));
	if (pairs.every((sign) => sign <= 0)) return 'newest first';
	return pairs.every((sign) => sign >= 0) ? 'oldest first' : 'no order';
}
