import { ConvoflowError, invalidInput, sizeInWords, type FileContent } from '@convoflow/client';
import type { Field, FieldMap } from '@convoflow/kit';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

/** Largest file that is sent from n8n, in bytes: it has to be held in memory as a whole. */
export const MAX_FILE = 64 * 1024 * 1024;

/** A text of base64 as bytes: three for four signs. */
function base64Size(data: string): number {
	return Math.floor((data.length * 3) / 4) - (/=*$/.exec(data.slice(-2))?.[0].length ?? 0);
}

async function sizeOfBinary({ helpers }: IExecuteFunctions, { id, data }: IBinaryData): Promise<number> {
	return id === undefined ? base64Size(data) : (await helpers.getBinaryMetadata(id)).fileSize;
}

/** Reads where n8n keeps the bytes: in the item itself, on disk, in the database, in a bucket. */
function contentOf({ helpers }: IExecuteFunctions, { id, data }: IBinaryData): AsyncIterable<Uint8Array> {
	return {
		async *[Symbol.asyncIterator]() {
			if (id === undefined) yield Buffer.from(data, 'base64');
			else for await (const chunk of await helpers.getBinaryStream(id)) yield chunk as Uint8Array;
		},
	};
}

/**
 * The file that a binary field of an item holds.
 * @throws CONVOFLOW_INVALID_INPUT when there is none, CONVOFLOW_FILE_TOO_LARGE above 64 MB
 */
async function inputFile(
	context: IExecuteFunctions,
	name: string,
	{ label }: Field,
	property: string,
	index: number,
): Promise<FileContent> {
	const binary = context.getInputData()[index]?.binary ?? {};
	const file = Object.hasOwn(binary, property) ? binary[property] : undefined;
	if (!file) {
		const known = Object.keys(binary);
		const others = known.length > 0 ? `; it has: ${known.join(', ')}` : '';
		throw invalidInput(name, label, `names no file: the item has no binary field "${property}"${others}`);
	}
	const size = await sizeOfBinary(context, file);
	if (size > MAX_FILE) {
		throw new ConvoflowError(
			'CONVOFLOW_FILE_TOO_LARGE',
			`${label} has ${sizeInWords(size)}; n8n can send at most ${sizeInWords(MAX_FILE)}, since it holds the file in memory`,
			{
				field: name,
				advice: 'Send a smaller file, or put it on the web and send its address. Nothing was sent.',
			},
		);
	}
	return { name: file.fileName ?? 'file', mimeType: file.mimeType, size, content: contentOf(context, file) };
}

/**
 * Puts files in the place of the names of binary fields.
 * @param raw values by field, as the form holds them
 * @throws CONVOFLOW_INVALID_INPUT, CONVOFLOW_FILE_TOO_LARGE
 */
export async function withFiles(
	context: IExecuteFunctions,
	fields: FieldMap,
	raw: Readonly<Record<string, unknown>>,
	index: number,
): Promise<Record<string, unknown>> {
	const values = { ...raw };
	for (const [name, field] of Object.entries(fields)) {
		const property = raw[name];
		if (field.kind !== 'file' || typeof property !== 'string' || property.trim() === '') continue;
		values[name] = await inputFile(context, name, field, property.trim(), index);
	}
	return values;
}
