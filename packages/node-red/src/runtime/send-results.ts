import { baseName, type JsonObject } from '@convoflow/client';
import { byOutput, fileRow, type FileResult, type Input } from '@convoflow/kit';
import type { NodeOperation } from '../model/nodes';
import type { SendAs } from '../model/names';
import { filePayload, type FileOutput } from './output-file';
import type { Message, Red, Send } from './red';

/** What is to be sent, and how. */
export interface Results {
	readonly red: Red;
	readonly chosen: NodeOperation;
	readonly input: Input;
	readonly sendAs: SendAs;
	readonly message: Message;
	readonly send: (message: Message) => void;
	readonly pages: AsyncIterable<JsonObject[]>;
	/** What the user is to know beside the rows; grows while they are read. */
	readonly notices: readonly string[];
}

/** What happened, under the name of the service: `msg.flowai`, `msg.flowxo`, `msg.chatlayer`. */
function metadata(
	{ chosen, input, notices }: Pick<Results, 'chosen' | 'input' | 'notices'>,
	count: number,
): JsonObject {
	const summary = chosen.operation.summary?.(count, input);
	return {
		operation: chosen.id,
		count,
		...(summary === undefined ? {} : { summary }),
		...(notices.length === 0 ? {} : { notices: [...notices] }),
	};
}

/** Fills the incoming message: payload and one property with what happened; everything else is kept. */
function fill(results: Results, message: Message, payload: unknown, count: number): Message {
	message.payload = payload;
	message[results.chosen.operation.service] = metadata(results, count);
	return message;
}

/**
 * Sends a sequence as it arrives. The newest message is held back until it is known whether it is the last
 * one, which alone carries `parts.count`. A sequence that breaks off still sends what was read.
 */
async function sendSequence(results: Results): Promise<void> {
	const { red, send, message, pages, sendAs } = results;
	const id = red.util.generateId();
	let held: { message: Message; parts: Record<string, unknown> } | undefined;
	let index = 0;
	const release = (count?: number): void => {
		if (!held) return;
		if (count !== undefined) held.parts['count'] = count;
		send(held.message);
		held = undefined;
	};
	const add = (payload: unknown, rows: number, segment: number): void => {
		release();
		const next = fill(results, red.util.cloneMessage(message), payload, rows);
		const parts: Record<string, unknown> = { id, index, type: 'array', len: segment };
		if (message['parts'] !== undefined) parts['parts'] = message['parts'];
		next['parts'] = parts;
		held = { message: next, parts };
		index += 1;
	};
	try {
		for await (const rows of pages) {
			if (rows.length === 0) continue;
			// The Join node puts segments together when they are said to be longer than one.
			if (sendAs === 'page') add(rows, rows.length, Math.max(2, rows.length));
			else for (const row of rows) add(row, 1, 1);
			// Lets other nodes work between two pages.
			await new Promise((resolve) => setImmediate(resolve));
		}
		if (index === 0) add([], 0, 2);
		release(index);
	} finally {
		release();
	}
}

/**
 * Sends a file: its bytes, a stream or its path as the payload, its name as `msg.filename`, where the core File
 * nodes look for it, and what is told about it as `file` beside what happened.
 */
export async function sendFile(
	results: Omit<Results, 'pages' | 'sendAs'>,
	made: FileResult,
	output: FileOutput,
): Promise<void> {
	const { red, message, send, chosen } = results;
	const payload = await filePayload(made.file, output, red.util.generateId());
	message.payload = payload;
	message['filename'] = output.as === 'path' ? payload : baseName(made.file.name);
	message[chosen.operation.service] = { ...metadata(results, 1), file: fileRow(made) };
	send(message);
}

/** Sends the result of an operation: an object, a list in one message, or a sequence of pages or rows. */
async function sendAll(results: Results): Promise<void> {
	const { returns } = results.chosen.operation;
	const isList = returns === 'many' || returns === 'rows';
	if (isList && results.sendAs !== 'one') {
		await sendSequence(results);
		return;
	}
	const rows = await rowsOf(results);
	results.send(fill(results, results.message, isList ? rows : rows[0], rows.length));
}

async function rowsOf({ pages }: Results): Promise<JsonObject[]> {
	const rows: JsonObject[] = [];
	for await (const page of pages) for (const row of page) rows.push(row);
	return rows;
}

async function* onePage(rows: JsonObject[]): AsyncGenerator<JsonObject[], void, void> {
	yield await Promise.resolve(rows);
}

/**
 * Sends the result of an operation, each output with its own part of it; an output without a part sends
 * nothing.
 */
export async function sendResults(results: Omit<Results, 'send'> & { readonly send: Send }): Promise<void> {
	const { red, chosen, input, message, send } = results;
	if (!chosen.operation.outputs) {
		await sendAll(results);
		return;
	}
	const ways = byOutput(chosen.operation, input, await rowsOf(results), (row) => row);
	for (const [way, rows] of ways.entries()) {
		if (ways.length > 1 && rows.length === 0) continue;
		const before = Array.from({ length: way }, () => null);
		await sendAll({
			...results,
			message: red.util.cloneMessage(message),
			send: (one) => send([...before, one]),
			pages: onePage(rows),
		});
	}
}
