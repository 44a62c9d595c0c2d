import { baseName, chunksOf, sizeOf, type FileContent } from '../file';
import type { StreamedBody } from '../ports';

/** A part of a multipart body. */
export type Part =
	{ readonly name: string; readonly text: string } | { readonly name: string; readonly file: FileContent };

const CRLF = '\r\n';

/** A name as the header line may hold it: what would end the line or the quotes is escaped (HTML, multipart/form-data). */
function quoted(name: string): string {
	const safe = Array.from(name, (sign) =>
		sign < ' ' || sign === '"' || sign === '\u007f' ? percent(sign) : sign,
	).join('');
	return `"${safe}"`;
}

function percent(sign: string): string {
	return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function headOf(part: Part, boundary: string): string {
	const disposition = `Content-Disposition: form-data; name=${quoted(part.name)}`;
	if (!('file' in part)) return `--${boundary}${CRLF}${disposition}${CRLF}${CRLF}`;
	const { name, mimeType } = part.file;
	const type = /^[\x20-\x7e]+$/.test(mimeType) ? mimeType : 'application/octet-stream';
	return `--${boundary}${CRLF}${disposition}; filename=${quoted(baseName(name))}${CRLF}Content-Type: ${type}${CRLF}${CRLF}`;
}

/** Bytes that no file holds by chance, in lower case, since some hosts fold a type. */
function randomBoundary(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return `convoflow-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** A multipart body, ready to be sent once. */
export interface MultipartBody extends StreamedBody {
	readonly contentType: string;
}

/**
 * Encodes a multipart body (RFC 7578). Files are read piece by piece while they are sent; of their names only
 * the last part is kept.
 */
export function encodeMultipart(parts: readonly Part[], boundary = randomBoundary()): MultipartBody {
	const encoder = new TextEncoder();
	const heads = parts.map((part) => encoder.encode(headOf(part, boundary)));
	const end = encoder.encode(`--${boundary}--${CRLF}`);
	const lineEnd = encoder.encode(CRLF);
	const contents = parts.map((part) => ('file' in part ? part.file : encoder.encode(part.text)));
	let length: number | undefined = end.length;
	contents.forEach((content, index) => {
		const size = content instanceof Uint8Array ? content.length : sizeOf(content);
		length =
			length === undefined || size === undefined
				? undefined
				: length + (heads[index]?.length ?? 0) + size + lineEnd.length;
	});
	async function* chunks(): AsyncGenerator<Uint8Array, void, void> {
		for (const [index, content] of contents.entries()) {
			yield heads[index] ?? lineEnd;
			if (content instanceof Uint8Array) yield content;
			else yield* chunksOf(content);
			yield lineEnd;
		}
		yield end;
	}
	return { contentType: `multipart/form-data; boundary=${boundary}`, length, chunks: chunks() };
}
