import type { FileContent } from '@convoflow/client';

/** A file as the calling flow takes it: bytes that become a Buffer, name and type where the File nodes have them. */
export function wiredFile(property: string, file: FileContent): Record<string, unknown> {
	const $bytes = Buffer.from(file.content as Uint8Array).toString('base64');
	return { [property]: { $bytes }, filename: file.name, mimeType: file.mimeType };
}
