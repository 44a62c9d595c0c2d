import {
	objectsIn,
	toConvoflowError,
	type ConvoflowError,
	type JsonObject,
	type JsonValue,
} from '@convoflow/client';
import type { Checkpoint } from '@convoflow/kit';

/** What the parts of something that is sent in several steps are called. */
interface Noun {
	readonly one: string;
	readonly many: string;
}

const PART: Noun = { one: 'part', many: 'parts' };

function named({ one, many }: Noun, from: number, to: number): string {
	return from === to ? `${one} ${from} was` : `${many} ${from} to ${to} were`;
}

/**
 * The error of one part, with what was sent and what was not. That stands in the message, so that it reaches
 * the user whatever advice goes with the code.
 * @param sent parts that were sent before it
 */
function partError(thrown: unknown, sent: number, all: number, noun: Noun): ConvoflowError {
	const error = toConvoflowError(thrown);
	if (all === 1) return error;
	const part = sent + 1;
	const fate = error.code === 'CONVOFLOW_OUTCOME_UNKNOWN' ? 'may or may not have arrived' : 'was not sent';
	const others = [
		...(sent > 0 ? [`${named(noun, 1, sent)} sent`] : []),
		...(part < all ? [`${named(noun, part + 1, all)} not sent`] : []),
	];
	const name = noun.one.replace(/^./, (first) => first.toUpperCase());
	return error.restated({
		message: `${name} ${part} of ${all} ${fate} (${others.join(', ')}): ${error.message}`,
	});
}

/**
 * Sends parts one after the other. Another try goes on with the first that was not sent, with the parts as they
 * were cut at the first.
 * @param send sends a part and says what is to be told about it
 * @returns what is told about each part
 * @throws what a part failed with, naming what was sent and what was not
 */
export async function sendInParts<T extends JsonValue>(
	parts: readonly T[],
	send: (part: T, index: number) => Promise<JsonObject>,
	{ checkpoint, noun = PART }: { checkpoint?: Checkpoint | undefined; noun?: Noun },
): Promise<JsonObject[]> {
	const { parts: cut, sent: told } = checkpoint?.saved ?? {};
	// Only what was saved here before is read here.
	const all = Array.isArray(cut) ? (cut as T[]) : parts;
	const sent = [...objectsIn(told)];
	for (const part of all.slice(sent.length)) {
		try {
			sent.push(await send(part, sent.length));
		} catch (error) {
			throw partError(error, sent.length, all.length, noun);
		}
		checkpoint?.save({ parts: [...all], sent: [...sent] });
	}
	return sent;
}
