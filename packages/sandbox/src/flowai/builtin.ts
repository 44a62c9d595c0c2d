import { answer } from './script';
import { BOT, type Entry, type Incoming, type Originator, type Thread } from './model';

const MINUTE = 60_000;
const T100_START = Date.parse('2026-02-02T08:00:00.000Z');
const T101_START = Date.parse('2026-02-03T09:30:00.000Z');

const MARA: Originator = {
	name: 'Mara Lind',
	role: 'external',
	profile: { fullName: 'Mara Lind', locale: 'sv-SE', timezone: 2, country: 'se', email: 'mara@example.com' },
};

/** Entries of a user and the bot taking turns, at fixed times and with fixed ids. */
export function conversation(
	key: string,
	user: Originator,
	texts: readonly string[],
	start: number,
): Entry[] {
	const entries: Entry[] = [];
	let at = start;
	const add = (
		originator: Originator,
		replyTo: string | null,
		said: ReturnType<typeof answer>['lines'][number],
	): void => {
		const number = entries.length + 1;
		const id = `${key}-${number}`;
		entries.push({
			id,
			originator,
			messages: [
				{
					fallback: said.fallback,
					silent: said.silent ?? false,
					replyTo,
					contexts: [],
					params: {},
					intents: [],
					createdAt: new Date(at).toISOString(),
					responses: said.responses,
					msgId: `m-${id}`,
				},
			],
		});
		at += number % 2 === 1 ? 1_500 : MINUTE;
	};
	for (const text of texts) {
		const incoming: Incoming = {
			kind: 'text',
			text,
			response: { type: 'text', payload: { text } },
			originator: user,
		};
		add(user, null, { fallback: text, responses: [incoming.response] });
		const reply = answer(incoming);
		const first = reply.lines[0];
		if (first) add(BOT, text, first);
	}
	return entries;
}

function thread(key: string, user: Originator, texts: readonly string[], start: number): Thread {
	const entries = conversation(key, user, texts, start);
	return {
		key,
		name: key,
		channel: 'rest',
		createdAt: start,
		updatedAt: Date.parse(entries.at(-1)?.messages[0]?.createdAt ?? '') || start,
		entries,
		user,
		paused: false,
		state: 'open',
		unnoticed: false,
		language: 'en',
	};
}

const TOPICS = [
	'Hello',
	'When are you open?',
	'Show me a card',
	'An image please',
	'Any news on order',
	'Thanks for',
];

/** The threads every sandbox begins with: `t-100` with 45 entries (three pages of 20) and the short `t-101`. */
export function builtInThreads(): Thread[] {
	const texts = Array.from({ length: 23 }, (_, i) => {
		const topic = TOPICS[i % TOPICS.length] ?? '';
		return i < 4 ? topic : `${topic} (${i + 1})`;
	});
	const long = thread('t-100', MARA, texts, T100_START);
	// The last word is the user's: 45 entries.
	long.entries.pop();
	const jon: Originator = {
		name: 'Jon Berg',
		role: 'external',
		profile: { fullName: 'Jon Berg', locale: 'en-GB' },
	};
	return [long, thread('t-101', jon, ['Hello', 'echo 7'], T101_START)];
}
