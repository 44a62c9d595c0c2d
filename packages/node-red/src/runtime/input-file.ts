import { baseName, invalidInput, type FileContent } from '@convoflow/client';
import type { FieldMap } from '@convoflow/kit';
import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { PassThrough, pipeline, Readable } from 'node:stream';
import { typeOfName } from './mime-types';
import type { Message } from './red';

/** What a message says about the file in it: `msg.filename`, as the core File nodes set it, and `msg.mimeType`. */
function about({ filename, mimeType }: Message): { name: string; type: string | undefined } {
	return {
		name: typeof filename === 'string' && filename !== '' ? baseName(filename) : 'file',
		type: typeof mimeType === 'string' && mimeType !== '' ? mimeType : undefined,
	};
}

/** A file of this machine. It is opened when it is sent. */
async function fileAt(
	path: string,
	field: string,
	label: string,
	type: string | undefined,
): Promise<FileContent> {
	const name = baseName(path);
	let size: number;
	try {
		const found = await stat(path);
		if (!found.isFile()) throw invalidInput(field, label, `names something that is no file: ${path}`);
		await access(path, constants.R_OK);
		size = found.size;
	} catch (error) {
		const { code } = error as { code?: string };
		if (code === 'ENOENT' || code === 'ENOTDIR')
			throw invalidInput(field, label, `names a file that does not exist: ${path}`);
		if (code === 'EACCES' || code === 'EPERM')
			throw invalidInput(field, label, `names a file that Node-RED may not read: ${path}`);
		if (code === 'CONVOFLOW_INVALID_INPUT') throw error as Error;
		throw invalidInput(field, label, `names a file that cannot be read: ${path}`);
	}
	const content: AsyncIterable<Uint8Array> = {
		[Symbol.asyncIterator]: () => bytesOf(createReadStream(path), field, label),
	};
	return { name, mimeType: type ?? typeOfName(name), size, content };
}

/** The pieces of a stream as they come: its own iterator would copy those that wait into one. */
async function* bytesOf(
	stream: Readable,
	field: string,
	label: string,
): AsyncGenerator<Uint8Array, void, void> {
	const pieces = new PassThrough({ objectMode: true, highWaterMark: 1 });
	// Ends both when either fails, and the stream when nobody reads on; the loop below tells of a failure.
	pipeline(stream, pieces, () => undefined);
	for await (const chunk of pieces as AsyncIterable<unknown>) {
		if (typeof chunk === 'string') yield Buffer.from(chunk);
		else if (chunk instanceof Uint8Array) yield chunk;
		else throw invalidInput(field, label, 'must be a stream of bytes, not of objects');
	}
}

async function inputFile(
	value: unknown,
	field: string,
	label: string,
	message: Message,
): Promise<FileContent> {
	const { name, type } = about(message);
	const mimeType = type ?? typeOfName(name);
	if (value instanceof Uint8Array) return { name, mimeType, content: value };
	if (typeof value === 'string') return await fileAt(value, field, label, type);
	if (value instanceof Readable) {
		if (value.destroyed || value.readableEnded)
			throw invalidInput(field, label, 'is a stream that was read before');
		return { name, mimeType, content: bytesOf(value, field, label) };
	}
	throw invalidInput(field, label, 'must be a Buffer, the path of a file, or a stream');
}

/**
 * Makes files of what the message holds for them: a Buffer, the path of a file on this machine, or a stream.
 * Streams and files are read while they are sent.
 * @throws CONVOFLOW_INVALID_INPUT for what cannot be read
 */
export async function withFiles(
	fields: FieldMap,
	raw: Readonly<Record<string, unknown>>,
	message: Message,
): Promise<Record<string, unknown>> {
	const values = { ...raw };
	for (const [name, field] of Object.entries(fields)) {
		const value = raw[name];
		if (field.kind !== 'file' || value === undefined || value === null || value === '') continue;
		values[name] = await inputFile(value, name, field.label, message);
	}
	return values;
}
