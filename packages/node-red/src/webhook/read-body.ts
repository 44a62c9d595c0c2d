import type { IncomingMessage } from 'node:http';

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };
const DEFAULT_LIMIT = 5 * 1024 ** 2;

/** Reads a size as Node-RED's `apiMaxLength` writes it: a number of bytes, or a text like `5mb`. */
export function readLimit(value: string | number | undefined): number {
	if (typeof value === 'number') return value;
	const [, amount, unit = 'b'] = /^\s*([\d.]+)\s*([kmg]?b)?\s*$/i.exec(value ?? '') ?? [];
	return amount === undefined ? DEFAULT_LIMIT : Number(amount) * (UNITS[unit.toLowerCase()] ?? 1);
}

/**
 * Reads a request to its end. Node-RED parses nothing on the public side, so the raw bytes are here.
 * @returns undefined when there are more than `limit` bytes; the rest is read and thrown away, so that the
 * caller can still be answered
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size <= limit) chunks.push(chunk);
		else chunks.length = 0;
	}
	return size > limit ? undefined : Buffer.concat(chunks);
}
