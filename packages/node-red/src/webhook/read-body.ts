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
 * @returns undefined as soon as there are more than `limit` bytes: the caller can be answered at once, and the
 * web server throws the rest away
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
	if (Number(request.headers['content-length'] ?? 0) > limit) return undefined;
	return await new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let size = 0;
		const take = (chunk: Buffer): void => {
			size += chunk.length;
			chunks.push(chunk);
			if (size > limit) finish(undefined);
		};
		const fail = (): void => reject(new Error('The caller hung up'));
		const finish = (body: Buffer | undefined): void => {
			request.off('data', take).off('error', fail).off('aborted', fail);
			// An error without a listener would end Node-RED.
			request.on('error', () => undefined);
			resolve(body);
		};
		request
			.on('data', take)
			.on('error', fail)
			.on('aborted', fail)
			.once('end', () => finish(Buffer.concat(chunks)));
	});
}
