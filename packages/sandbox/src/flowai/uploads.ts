import type { Context } from '../context';

/** A file that was uploaded. Its bytes are kept only when it is small. */
export interface UploadedFile {
	id: string;
	fileName: string;
	mimeType: string;
	size: number;
	/** SHA-256 of the bytes in hex, so that a test can compare what arrived. */
	sha256: string;
	bytes: Buffer | null;
}

/** Files by sandbox, since several may run in one process. */
const shelves = new WeakMap<Context, Map<string, UploadedFile>>();
const MOST = 200;

function shelf(context: Context): Map<string, UploadedFile> {
	const files = shelves.get(context) ?? new Map<string, UploadedFile>();
	shelves.set(context, files);
	return files;
}

export const uploads = {
	/** Files up to this many bytes are kept whole. */
	KEEP: 256 * 1024,
	add(context: Context, file: UploadedFile): void {
		const files = shelf(context);
		files.set(file.id, file);
		const oldest = files.keys().next().value;
		if (files.size > MOST && oldest !== undefined) files.delete(oldest);
	},
	get: (context: Context, id: string): UploadedFile | undefined => shelf(context).get(id),
	all: (context: Context): UploadedFile[] => [...shelf(context).values()],
};
