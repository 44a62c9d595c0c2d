import type { JsonObject } from '../json';
import { Random } from '../random';
import type { XoConversation, XoMessage } from './model';

export const BOTS = [
	{ id: '5f3a9c0e7d21b84a66e0c1d2', name: 'Bike Shop', platform: 'whatsapp' },
	{ id: '5f3a9c0e7d21b84a66e0c1d3', name: 'Workshop', platform: 'telegram' },
] as const;

const START = Date.parse('2026-01-05T08:00:00.250Z');
const HOUR = 3_600_000;
const NAMES = ['Mara', 'Jon', 'Aino', 'Luca', 'Freya', 'Ivo', 'Noor', 'Tess'];

/** Number of built-in conversations: more than a page of 100. */
export const BUILT_IN = 134;

const text = (message: string, options: JsonObject[] | null = null): JsonObject => ({ message, options });

/** Every kind of message, an invented one included (Flow XO reference §11). */
const SHAPES: ReadonlyArray<readonly [string, JsonObject]> = [
	['text', text('Which day suits you?', [{ label: 'Monday' }, { label: 'Tuesday' }])],
	[
		'card',
		{
			card: { title: 'City bike', image: 'https://files.example.com/bike.png', buttons: [{ label: 'Rent' }] },
		},
	],
	['card_set', { cards: [{ title: 'City bike' }, { title: 'Cargo bike' }] }],
	['media', { media: { type: 'image', url: 'https://files.example.com/route.png' } }],
	['custom', { custom: '{"text":"Pick a day","preview":false}' }],
	['custom', { custom: '{"text":"broken' }],
	['hologram', { beam: true }],
];

/** Ids of messages: 24 hex characters, numbered through. */
function hex(conversation: number, message: number): string {
	return `65bdf7a4${conversation.toString(16).padStart(8, '0')}${message.toString(16).padStart(8, '0')}`;
}

/** Messages of user and bot taking turns. */
function turns(conversation: number, count: number, start: number, agentMode: boolean): XoMessage[] {
	return Array.from({ length: count }, (_, n) => ({
		id: hex(conversation, n + 1),
		role: n % 2 === 0 ? 'channel' : 'bot',
		type: 'text',
		agentMode,
		at: start + n * 60_000,
		content: text(n % 2 === 0 ? `Question ${n / 2 + 1}` : `Answer ${(n + 1) / 2}`),
	}));
}

/**
 * The conversations every sandbox begins with, oldest first: number 0 has 125 messages, 1 none, 2 a null name, 3 no
 * name, 4 every shape of message, 5 live chat, 6 two messages at the same instant, 7 a user id with a slash.
 */
export function builtInConversations(): XoConversation[] {
	const random = new Random(7);
	return Array.from({ length: BUILT_IN }, (_, n) => {
		const bot = BOTS[n % 2] ?? BOTS[0];
		const createdAt = START + n * 5 * HOUR;
		const conversation: XoConversation = {
			botId: bot.id,
			botName: bot.name,
			platform: bot.platform,
			userId: n === 7 ? 'room/7' : String(490150001000 + n),
			userName: NAMES[n % NAMES.length] ?? 'Mara',
			agentMode: n === 5,
			createdAt,
			messages: turns(n, n === 0 ? 125 : random.int(1, 6), createdAt + 1_000, n === 5),
			language: n % 3 === 0 ? 'de' : 'en',
		};
		if (n % 3 !== 2) conversation.unreachable = n % 3 === 1 && n % 4 === 0;
		if (n === 1) conversation.messages = [];
		if (n === 2) conversation.userName = null;
		if (n === 3) delete conversation.userName;
		if (n === 4) {
			conversation.messages = SHAPES.map(([type, content], m) => ({
				id: hex(n, m + 1),
				role: 'bot',
				type,
				agentMode: false,
				at: createdAt + 1_000 + m * 1_000,
				content,
			}));
		}
		if (n === 6) {
			conversation.messages = turns(n, 4, createdAt + 1_000, false);
			for (const message of conversation.messages.slice(2)) message.at = createdAt + 100_000;
		}
		return conversation;
	});
}
