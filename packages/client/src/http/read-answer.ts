import { aborted, ConvoflowError } from '../errors';

/** Longest answer that is read, in bytes, after unpacking. */
export const MAX_ANSWER = 64 * 1024 * 1024;
/** Bytes of a refusal that are read: more than errors quote. */
const MAX_REFUSAL = 128 * 1024;

/** The body of an answer, as Node.js and what is like it hand it on. */
export interface AnswerBody {
	on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
	on(event: 'end' | 'close', listener: () => void): unknown;
	on(event: 'error', listener: (error: unknown) => void): unknown;
	/** Gives up what was not read. */
	destroy(): unknown;
}

const decoder = new TextDecoder();

function tooLong(url: string): ConvoflowError {
	return new ConvoflowError('CONVOFLOW_ANSWER_TOO_LARGE', `${new URL(url).host} sent more than 64 MB`, {
		advice: 'Narrow the request, for example with a limit or a shorter time range.',
	});
}

/** Named as Node.js names it. */
function cutShort(): Error {
	return Object.assign(new Error('The answer was cut short'), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
}

/** In one piece: decoding chunk by chunk takes several times as long. */
function decoded(chunks: readonly Uint8Array[], size: number): string {
	const [first] = chunks;
	if (chunks.length <= 1) return decoder.decode(first);
	const whole = new Uint8Array(size);
	let at = 0;
	for (const chunk of chunks) {
		whole.set(chunk, at);
		at += chunk.length;
	}
	return decoder.decode(whole);
}

/**
 * Reads an answer as UTF-8, within bounds: a small packed answer can unfold to any size. What is not read is given
 * up. Of a refusal the status is what counts, so that as much of its body as came will do.
 * @param url its host is named where the answer is too long
 * @param signal ends the reading, also of a body that stalls
 * @throws CONVOFLOW_ANSWER_TOO_LARGE, CONVOFLOW_ABORTED, and what the body ends with, unless the status is a refusal
 */
export async function readAnswer(
	status: number,
	body: AnswerBody,
	url: string,
	signal: AbortSignal,
): Promise<string> {
	const isRefusal = status < 200 || status >= 300;
	const chunks: Uint8Array[] = [];
	let size = 0;
	let isOver = false;
	let stop = (): void => undefined;
	const read = new Promise<void>((resolve, reject) => {
		stop = () => reject(aborted());
		body.on('error', reject);
		body.on('close', () => {
			if (!isOver) reject(cutShort());
		});
		body.on('end', () => {
			isOver = true;
			resolve();
		});
		body.on('data', (chunk) => {
			size += chunk.length;
			chunks.push(chunk);
			if (size > MAX_ANSWER) reject(tooLong(url));
			else if (isRefusal && size >= MAX_REFUSAL) resolve();
		});
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	}).finally(() => {
		signal.removeEventListener('abort', stop);
		if (!isOver) body.destroy();
		isOver = true;
	});
	await (isRefusal ? read.catch(() => undefined) : read);
	return decoded(chunks, size);
}
