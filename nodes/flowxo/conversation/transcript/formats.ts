import { textOf, type JsonObject } from '@convoflow/client';
import { speakerOf, wordsOf, type Talk } from './talk';

/** How a transcript is written. */
export interface Format {
	readonly extension: string;
	readonly mimeType: string;
	/** Stands at the start of a file. */
	readonly start: string;
	/** Stands before the messages of a conversation. */
	heading(conversation: JsonObject): string;
	/** One message. `before` is the message above it in the same conversation. */
	message(message: JsonObject, conversation: JsonObject, before: JsonObject | undefined): string;
}

/** Characters that Markdown would take for its own. */
const MARKUP = /[\\`*_[\]<>]/g;

const escaped = (words: string): string => words.replace(MARKUP, '\\$&');
const dayOf = (message: JsonObject | undefined): string =>
	(textOf(message?.['timestamp']) ?? '').slice(0, 10);

const markdown: Format = {
	extension: 'md',
	mimeType: 'text/markdown',
	start: '',
	heading: (conversation) => {
		const facts: [string, unknown][] = [
			['Conversation', conversation['id']],
			['Bot', conversation['bot_name']],
			['Platform', conversation['platform']],
			['Started', conversation['created_at']],
		];
		const lines = facts.flatMap(([name, value]) =>
			typeof value === 'string' ? [`- ${name}: ${escaped(value)}\n`] : [],
		);
		const user = escaped(textOf(conversation['user_name']) ?? 'an unnamed user');
		return `# Conversation with ${user}\n\n${lines.join('')}- Times: UTC\n\n`;
	},
	message: (message, conversation, before) => {
		const day = dayOf(message);
		const heading = day !== '' && day !== dayOf(before) ? `## ${day}\n\n` : '';
		const time = (textOf(message['timestamp']) ?? '').slice(11, 19);
		const lines = wordsOf(message).split(/\r?\n/).map(escaped);
		const who = escaped(speakerOf(message, conversation));
		return `${heading}**${who}** ${time}\n\n> ${lines.join('\n> ')}\n\n`;
	},
};

const COLUMNS = 'conversation,time,role,name,type,text,liveChat,messageId';

/** A cell as RFC 4180 has it. One that a spreadsheet would run as a formula gets an apostrophe in front. */
function cell(value: JsonObject[string] | undefined): string {
	const raw =
		value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
	const safe = /^[=+\-@\t\r]/.test(raw) ? `'${raw}` : raw;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csv: Format = {
	extension: 'csv',
	mimeType: 'text/csv',
	// The byte order mark tells spreadsheets that this is UTF-8.
	start: `\ufeff${COLUMNS}\r\n`,
	heading: () => '',
	message: (message, conversation) => {
		const cells = [
			conversation['id'] ?? message['conversation'],
			message['timestamp'],
			message['role'],
			speakerOf(message, conversation),
			message['type'],
			wordsOf(message),
			message['agent_mode'],
			message['id'],
		];
		return `${cells.map(cell).join(',')}\r\n`;
	},
};

const jsonLines: Format = {
	extension: 'jsonl',
	mimeType: 'application/jsonl',
	start: '',
	heading: () => '',
	message: (message) => `${JSON.stringify(message)}\n`,
};

/** The formats by the choice that names them. */
export const formats = { csv, jsonl: jsonLines, markdown } as const;

/** Writes conversations one after the other, a piece for each page: only that is held in memory. */
export async function* writeTranscript(
	format: Format,
	talks: AsyncIterable<Talk>,
): AsyncGenerator<Uint8Array, void, void> {
	const encoder = new TextEncoder();
	if (format.start !== '') yield encoder.encode(format.start);
	for await (const { conversation, messages } of talks) {
		const heading = format.heading(conversation);
		if (heading !== '') yield encoder.encode(heading);
		let before: JsonObject | undefined;
		for await (const page of messages) {
			let text = '';
			for (const message of page) {
				text += format.message(message, conversation, before);
				before = message;
			}
			yield encoder.encode(text);
		}
	}
}
