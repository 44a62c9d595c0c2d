import { answer } from '../flowai/script';
import type { Context } from '../context';
import type { JsonObject } from '../json';
import { EXCHANGES } from '../seed/phrases';
import type { Stories } from '../seed/stories';
import type { Activity, CountedConversation } from './activity';

/** One line of a transcript (Chatlayer reference §10, seen). */
export interface Line {
	actor: 'user' | 'bot' | 'agent';
	at: number;
	text: string;
}

/** What was said in the conversations of the core API, and the data of their sessions. */
export class Transcripts {
	/** Lines said while the sandbox runs, by session id. */
	readonly live = new Map<string, Line[]>();
	readonly sessions = new Map<string, JsonObject>();

	constructor(
		private readonly context: Context,
		private readonly activity: Activity,
		private readonly stories: Stories,
	) {}

	/** A page of conversations: live ones first, then built-in, then generated ones. */
	page(skip: number, limit: number): CountedConversation[] {
		const own = this.activity.held();
		const rows = own.slice(skip, skip + limit);
		for (
			let index = Math.max(0, skip - own.length);
			rows.length < limit && index < this.stories.count;
			index += 1
		) {
			const generated = this.activity.find(`cv-g${index}`);
			if (generated) rows.push(generated);
		}
		return rows;
	}

	/** The lines of a conversation, oldest first. */
	lines(conversation: CountedConversation): Line[] {
		const live = this.live.get(conversation.id) ?? [];
		if (conversation.id.startsWith('cv-live-')) return live;
		const exchanges = EXCHANGES[conversation.language === 'nl' ? 'nl' : 'en'];
		const told = Array.from({ length: conversation.messages }, (_, n): Line => {
			const share = conversation.messages > 1 ? n / (conversation.messages - 1) : 0;
			const at = Math.round(conversation.start + (conversation.end - conversation.start) * share);
			const exchange = exchanges[Math.floor(n / 2) % exchanges.length] ?? ['', ''];
			return { actor: n % 2 === 0 ? 'user' : 'bot', at, text: exchange[n % 2 === 0 ? 0 : 1] };
		});
		return [...told, ...live];
	}

	/** Takes a message of a user and answers it. */
	say(channel: string, userId: string, text: string): CountedConversation {
		const conversation = this.add(channel, userId, 'user', text);
		const reply = answer({
			kind: 'text',
			text,
			response: { type: 'text', payload: { text } },
			originator: { name: userId, role: 'external' },
		});
		for (const line of reply.lines) this.add(channel, userId, 'bot', line.fallback);
		return conversation;
	}

	/** Adds a line to the running conversation of a user, or begins one. */
	add(channel: string, userId: string, actor: Line['actor'], text: string): CountedConversation {
		const conversation = this.activity.count(channel, 'en', userId);
		const lines = this.live.get(conversation.id) ?? [];
		lines.push({ actor, at: this.context.clock.now(), text });
		this.live.set(conversation.id, lines);
		this.context.bus.emit({ topic: 'chatlayer' });
		return conversation;
	}
}
