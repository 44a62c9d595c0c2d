import { fingerprint, type JsonValue } from '@convoflow/client';

/** A change of one key: a new value, or none when the key is deleted. */
export interface Change {
	readonly key: string;
	readonly value: JsonValue | undefined;
}

/** 53 bits to the base of 36. */
const SUM_LENGTH = 11;

/** Finds what a crash or a bad disk has changed; nobody is kept from changing a file on purpose. */
function sumOf(text: string): string {
	return fingerprint(text).toString(36).padStart(SUM_LENGTH, '0');
}

/** Writes a change as a line: a checksum, then `[key, value]`, or `[key]` for a deletion. */
export function writeRecord({ key, value }: Change): string {
	const text = JSON.stringify(value === undefined ? [key] : [key, value]);
	return `${sumOf(text)} ${text}\n`;
}

function readRecord(line: string): Change | undefined {
	const text = line.slice(SUM_LENGTH + 1);
	if (line.slice(0, SUM_LENGTH) !== sumOf(text)) return undefined;
	const [key, value] = JSON.parse(text) as [string, JsonValue?];
	return { key, value };
}

/** What a file holds. */
export interface Records {
	readonly changes: readonly Change[];
	/** Lines that are no records: the end of a write that was cut off, or damage. */
	readonly damaged: number;
}

/** Reads the lines of a file. Whatever a killed process or a power cut left half-written is passed over. */
export function readRecords(content: string): Records {
	const lines = content.split('\n');
	const tail = lines.pop();
	const changes = lines.map(readRecord).filter((change) => change !== undefined);
	return { changes, damaged: lines.length - changes.length + (tail === '' ? 0 : 1) };
}
