/** A file on its way to or from a service. */
export interface FileContent {
	readonly name: string;
	/** MIME type, e.g. `image/png`. */
	readonly mimeType: string;
	/** In bytes; absent where only the end of the content tells. Known for content that is there at once. */
	readonly size?: number | undefined;
	/** The bytes at once, or piece by piece; pieces can be read once. */
	readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}

/** Size of a file in bytes, where it is known before it is read. */
export function sizeOf({ content, size }: FileContent): number | undefined {
	return content instanceof Uint8Array ? content.length : size;
}

/** The bytes of a file piece by piece. */
export async function* chunksOf({ content }: FileContent): AsyncGenerator<Uint8Array, void, void> {
	if (content instanceof Uint8Array) yield content;
	else yield* content;
}

/** The last part of a path of any system; `file` where nothing is left of it. */
export function baseName(path: string): string {
	const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).trim();
	return name === '' || name === '.' || name === '..' ? 'file' : name;
}

/** A size in words, e.g. `12.5 MB`. */
export function sizeInWords(bytes: number): string {
	if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
	return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}
