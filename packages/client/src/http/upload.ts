import { ConvoflowError, isConvoflowError, messageOf } from '../errors';
import { encodeMultipart, type MultipartBody, type Part } from './multipart';

/** Time that an attempt with files gets at least, in ms: 250 MB at 300 KB a second. */
export const UPLOAD_MS = 900_000;

/** The multipart body of one call. It is not sent again once a byte of it was read: files can be read once. */
export class Upload {
	readonly #parts: readonly Part[];
	#hasBegun = false;
	#fault: ConvoflowError | undefined;

	constructor(parts: readonly Part[]) {
		this.#parts = parts;
	}

	/** True once bytes were taken to be sent. */
	get hasBegun(): boolean {
		return this.#hasBegun;
	}

	/** Why a file could not be read to its end; the service then has no whole body. */
	get fault(): ConvoflowError | undefined {
		return this.#fault;
	}

	/** The body for an attempt. */
	body(): MultipartBody {
		const body = encodeMultipart(this.#parts);
		return { ...body, chunks: this.#watched(body.chunks) };
	}

	async *#watched(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
		this.#hasBegun = true;
		try {
			yield* chunks;
		} catch (thrown) {
			this.#fault = isConvoflowError(thrown)
				? thrown
				: new ConvoflowError('CONVOFLOW_FILE_UNREADABLE', 'The file could not be read to its end', {
						advice: 'Nothing arrived as a whole. Check where the file comes from and send it again.',
						cause: { message: messageOf(thrown) },
					});
			throw this.#fault;
		}
	}
}
