import { baseName, chunksOf, ConvoflowError, type FileContent } from '@convoflow/client';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileAs } from '../model/names';

/** How a file leaves a node. */
export interface FileOutput {
	readonly as: FileAs;
	/** Folder for files that are saved. */
	readonly folder: string;
}

/** Saves a file under its own name; what stood there before is replaced once the new one is whole. */
async function save(file: FileContent, folder: string, id: string): Promise<string> {
	const target = path.resolve(folder, baseName(file.name));
	const part = `${target}.${id}.part`;
	try {
		await mkdir(path.dirname(target), { recursive: true });
		await pipeline(chunksOf(file), createWriteStream(part, { flags: 'wx' }));
		await rename(part, target);
		return target;
	} catch (error) {
		await rm(part, { force: true }).catch(() => undefined);
		const { code = '', message } = error as { code?: string; message: string };
		if (!/^E[A-Z]+$/.test(code)) throw error;
		throw new ConvoflowError(
			'CONVOFLOW_FILE_NOT_SAVED',
			`The file could not be saved as ${target}: ${message}`,
			{
				advice: 'Check that the folder in the node exists and that Node-RED may write into it.',
				field: 'fileFolder',
			},
		);
	}
}

/**
 * What the payload becomes for a file: a Buffer with all bytes, a stream that is read while it is made, or the
 * path of the saved file.
 * @param id tells apart what is saved at once under one name
 * @throws CONVOFLOW_FILE_NOT_SAVED
 */
export async function filePayload(
	file: FileContent,
	{ as, folder }: FileOutput,
	id: string,
): Promise<unknown> {
	if (as === 'path') return await save(file, folder, id);
	if (as === 'stream') return Readable.from(chunksOf(file), { objectMode: false });
	const parts: Uint8Array[] = [];
	for await (const chunk of chunksOf(file)) parts.push(chunk);
	return Buffer.concat(parts);
}
