import {
	chunksOf,
	invalidInput,
	sizeInWords,
	sizeOf,
	type ConvoflowError,
	type FileContent,
} from '@convoflow/client';
import type { FileField } from './fields';

function isFile(value: unknown): value is FileContent {
	return typeof value === 'object' && value !== null && 'content' in value && 'name' in value;
}

function tooLarge(name: string, { label }: FileField, size: string, maxBytes: number): ConvoflowError {
	return invalidInput(name, label, `has ${size}; at most ${sizeInWords(maxBytes)} are allowed`);
}

/**
 * Measures the file that a host has made of what the user gave. One of unknown size is measured while it is
 * sent, and ends the request once it is too large.
 * @throws CONVOFLOW_INVALID_INPUT
 */
export function readFile(name: string, field: FileField, value: unknown): FileContent {
	if (!isFile(value)) throw invalidInput(name, field.label, 'must be a file');
	const { maxBytes } = field;
	const size = sizeOf(value);
	if (maxBytes === undefined) return value;
	if (size === undefined) return { ...value, content: bounded(name, field, value, maxBytes) };
	if (size > maxBytes) throw tooLarge(name, field, sizeInWords(size), maxBytes);
	return value;
}

async function* bounded(
	name: string,
	field: FileField,
	file: FileContent,
	maxBytes: number,
): AsyncGenerator<Uint8Array, void, void> {
	let read = 0;
	for await (const chunk of chunksOf(file)) {
		read += chunk.length;
		if (read > maxBytes) throw tooLarge(name, field, `more than ${sizeInWords(maxBytes)}`, maxBytes);
		yield chunk;
	}
}
