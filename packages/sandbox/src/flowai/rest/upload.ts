import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../../context';
import { HttpError, badRequest } from '../../http/errors';
import { asObject, messageOf, parseJson } from '../../json';
import { uploads } from '../uploads';

/** Largest upload (Flow.ai reference §2.3). */
export const MAX_UPLOAD = 250 * 1024 * 1024;

/** What came in a multipart body. */
export interface Upload {
	/** The parsed JSON of the text part. */
	query: unknown;
	/** Address under which the sandbox knows the file. */
	url: string;
	fileName: string;
	size: number;
}

/**
 * Reads a multipart body with a binary part `file` and a JSON text part.
 * @throws HttpError 400 for a missing part or a body that is no multipart, 413 above the limit
 */
export async function readUpload(
	request: FastifyRequest,
	context: Context,
	field = 'query',
): Promise<Upload> {
	try {
		return await readParts(request, context, field);
	} catch (error) {
		// The parser throws plain errors when the boundary is missing or the body ends early.
		if (asObject(error)['statusCode'] !== undefined || error instanceof HttpError) throw error;
		throw badRequest(messageOf(error));
	}
}

/** The file's bytes are counted and hashed as they pass and never held as a whole, save for small files. */
async function readParts(request: FastifyRequest, context: Context, field: string): Promise<Upload> {
	let query: unknown;
	let file: { id: string; fileName: string; size: number } | undefined;
	const limits = { fileSize: MAX_UPLOAD, files: 1, fields: 10, fieldSize: 1024 * 1024 };
	for await (const part of request.parts({ limits })) {
		if (part.type === 'field') {
			if (part.fieldname !== field) continue;
			const parsed = parseJson(String(part.value));
			if (!parsed.ok) throw badRequest(`The part ${field} is not JSON`);
			query = parsed.value;
			continue;
		}
		const hash = createHash('sha256');
		const kept: Buffer[] = [];
		let size = 0;
		for await (const chunk of part.file as AsyncIterable<Buffer>) {
			size += chunk.length;
			hash.update(chunk);
			if (size <= uploads.KEEP) kept.push(chunk);
			else kept.length = 0;
		}
		if (part.file.truncated) throw new HttpError(413, 'The file is larger than 250 MB');
		if (part.fieldname !== 'file') continue;
		const sha256 = hash.digest('hex');
		// The same file has the same address, so that runs can be compared.
		const id = createHash('sha256')
			.update(`${part.filename}\0${part.mimetype}\0${sha256}`)
			.digest('hex')
			.slice(0, 32);
		file = { id, fileName: part.filename, size };
		uploads.add(context, {
			id,
			fileName: part.filename,
			mimeType: part.mimetype,
			size,
			sha256,
			bytes: size <= uploads.KEEP ? Buffer.concat(kept) : null,
		});
	}
	if (!file) throw badRequest('The part file is missing');
	if (query === undefined) throw badRequest(`The part ${field} is missing`);
	return { query, url: `${context.url}/flowai/files/${file.id}`, fileName: file.fileName, size: file.size };
}
