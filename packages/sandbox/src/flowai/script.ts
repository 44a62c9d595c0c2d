import type { JsonObject } from '../json';
import type { Incoming, Response } from './model';

/** One thing the bot says. */
export interface BotLine {
	fallback: string;
	responses: Response[];
	silent?: boolean;
	/** Milliseconds after the user's message, at speed 1, beside the bot's usual delay. */
	afterMs?: number;
}

export interface BotReply {
	lines: BotLine[];
	/** The bot hands the thread to a human and falls silent. */
	handover?: boolean;
}

const SITE = 'https://cdn.example.com';
const QUICK = ['Book a table', 'Opening hours', 'Talk to a human'];
const quickReplies = (labels: string[]): JsonObject[] =>
	labels.map((label) => ({ label, value: label.toLowerCase(), type: 'text' }));
const button = (type: string, label: string, value: string): JsonObject => ({ type, label, value });

function line(type: string, fallback: string, payload: JsonObject): BotLine {
	return { fallback, responses: [{ type, payload, delay: 0 }] };
}

const say = (text: string, labels: string[] = []): BotLine =>
	line('text', text, labels.length > 0 ? { text, quickReplies: quickReplies(labels) } : { text });

const card = (title: string, picture: string): JsonObject => ({
	title,
	subtitle: 'Four seats by the window',
	media: { url: `${SITE}/${picture}.png`, type: 'image' },
	buttons: [button('url', 'Look', `${SITE}/${picture}`), button('postback', 'Book', `book ${picture}`)],
});

/** Words that call for one shape of answer; the first that occurs wins. */
const SHAPES: ReadonlyArray<readonly [string, () => BotLine[]]> = [
	[
		'carousel',
		() => [line('carousel', 'Our tables', { cards: [card('Table six', 'six'), card('Table nine', 'nine')] })],
	],
	['card', () => [line('card', 'Table six', card('Table six', 'six'))]],
	[
		'list',
		() => [
			line('list', 'Our tables', {
				items: [
					{ title: 'Table six', subtitle: 'Window', featured: true, buttons: [] },
					{ title: 'Table nine', subtitle: 'Garden', buttons: [button('postback', 'Book', 'book nine')] },
				],
				buttons: [button('url', 'All tables', `${SITE}/tables`)],
			}),
		],
	],
	[
		'buttons',
		() => [
			line('buttons', 'How shall we reach you?', {
				title: 'How shall we reach you?',
				buttons: [button('phone', 'Call', '+46700000001'), button('postback', 'Chat', 'chat')],
			}),
		],
	],
	['image', () => [line('image', 'Table six', { title: 'Table six', url: `${SITE}/six.png` })]],
	['video', () => [line('video', 'A walk around', { title: 'A walk around', url: `${SITE}/walk.mp4` })]],
	[
		'audio',
		() => [line('audio', 'Our jingle', { title: 'Our jingle', url: `${SITE}/jingle.mp3`, duration: '12' })],
	],
	['file', () => [line('file', 'The menu', { title: 'The menu', url: `${SITE}/menu.pdf` })]],
	[
		'location',
		() => [line('location', 'We are here', { title: 'We are here', lat: '59.3293', long: '18.0686' })],
	],
	['custom', () => [line('custom', 'A custom payload', { kind: 'seat-map', seats: [6, 9] })]],
	['unknown', () => [line('hologram', 'A template nobody knows', { beam: true })]],
	['silent', () => [{ ...say('Nothing for the user to see'), silent: true }]],
	['many', () => [1, 2, 3, 4, 5].map((n) => ({ ...say(`Reply ${n} of 5`), afterMs: n * 800 }))],
];

const WORDS = SHAPES.map(([word]) => new RegExp(`\\b${word}\\b`));

const GREETINGS: ReadonlyArray<readonly [RegExp, string]> = [
	[/^(hello|hi|hey)\b/i, 'Hello! How can I help?'],
	[/^(hej|hallå)/i, 'Hej! Hur kan jag hjälpa dig?'],
	[/^(hallo|guten tag|moin)\b/i, 'Hallo! Wie kann ich helfen?'],
	[/^(bonjour|salut)\b/i, 'Bonjour ! Comment puis-je vous aider ?'],
	[/^(hola|buenos)\b/i, '¡Hola! ¿En qué puedo ayudar?'],
];

/** What the scripted bot answers. The same message always gets the same answer. */
export function answer(message: Incoming): BotReply {
	if (message.kind === 'event') {
		const welcome = message.text === 'WELCOME';
		return {
			lines: [welcome ? say('Welcome! How can I help?', QUICK) : say(`Event ${message.text} received.`)],
		};
	}
	if (message.kind === 'location') {
		return {
			lines: [
				say(
					`You are at ${String(message.response.payload['lat'])}, ${String(message.response.payload['long'])}.`,
				),
			],
		};
	}
	if (message.kind === 'media') return { lines: [say(`Thank you for the ${message.response.type}.`)] };
	const text = message.text;
	const echo = /^\s*echo\s+(.+)$/is.exec(text)?.[1];
	if (echo !== undefined) return { lines: [say(`Echo ${echo}`)] };
	if (/\b(human|agent)\b/i.test(text)) {
		const handover = line('handover', 'Handover', {
			resetContext: false,
			indefinitePause: true,
			setBotToPause: true,
			additionalInfo: '',
		});
		return { lines: [say('I am getting a colleague for you.'), handover], handover: true };
	}
	const lower = text.toLowerCase();
	const shape = SHAPES[WORDS.findIndex((word) => word.test(lower))];
	if (shape) return { lines: shape[1]() };
	const greeting = GREETINGS.find(([pattern]) => pattern.test(text.trim()));
	if (greeting) return { lines: [say(greeting[1], QUICK)] };
	if (/\b(hours|open)\b/.test(lower)) return { lines: [say('We are open from nine to eight.')] };
	return { lines: [say(`You said: “${text}”`)] };
}
