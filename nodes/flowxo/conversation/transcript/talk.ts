import { isObject, textOf, type JsonObject } from '@convoflow/client';
import { maskRow } from '@convoflow/kit';
import { spoken } from '../rows';

/** One conversation with its messages, the oldest first. */
export interface Talk {
	readonly conversation: JsonObject;
	readonly messages: AsyncIterable<readonly JsonObject[]>;
}

const MASKED = '[masked]';
/** Members of a message that stand in columns of their own. */
const KNOWN: ReadonlySet<string> = new Set([
	...['id', 'role', 'type', 'agent_mode', 'conversation', 'from', 'timestamp', 'options', 'message'],
	...['custom', 'custom_parsed'],
]);

/** The words of a message; of one without words its type and what it holds. Choices stand behind them. */
export function wordsOf(message: JsonObject): string {
	const words = spoken(message);
	const options = Array.isArray(message['options']) ? message['options'] : [];
	const choices = options.map(
		(option) => (isObject(option) ? textOf(option['label']) : undefined) ?? plain(option),
	);
	const rest = Object.fromEntries(Object.entries(message).filter(([key]) => !KNOWN.has(key)));
	const content = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
	const said = words === null ? `[${textOf(message['type']) ?? 'message'}]${content}` : plain(words);
	return choices.length > 0 ? `${said} [${choices.join(' | ')}]` : said;
}

function plain(words: unknown): string {
	return typeof words === 'string' ? words : JSON.stringify(words);
}

/** Who speaks: the user by his name, a person behind the bot, or the bot by its name. */
export function speakerOf(message: JsonObject, conversation: JsonObject): string {
	if (message['role'] === 'channel') return textOf(conversation['user_name']) ?? 'User';
	if (message['agent_mode'] === true) return 'Live chat';
	return textOf(conversation['bot_name']) ?? 'Bot';
}

/** A conversation without personal data: the id of its user goes as well, since it may be a phone number. */
export function maskedTalk({ conversation, messages }: Talk): Talk {
	return { conversation: maskedIds(maskRow(conversation)), messages: maskedMessages(messages) };
}

async function* maskedMessages(pages: Talk['messages']): AsyncGenerator<JsonObject[], void, void> {
	for await (const page of pages) yield page.map((row) => maskedIds(maskRow(row)));
}

/** Takes the user's part out of ids: `BOT/c/USER`. */
function maskedIds(row: JsonObject): JsonObject {
	const masked: JsonObject = { ...row };
	for (const key of ['id', 'conversation', 'id_url_encoded']) {
		const id = textOf(row[key]);
		if (id !== undefined) masked[key] = id.replace(/(\/c\/|%2Fc%2F).*$/i, `$1${MASKED}`);
	}
	if ('user_id' in row) masked['user_id'] = MASKED;
	if (row['role'] === 'channel' && 'from' in row) masked['from'] = MASKED;
	if (isObject(row['last_message'])) masked['last_message'] = maskedIds(row['last_message']);
	return masked;
}
