import type { Context } from '../context';
import type { JsonObject } from '../json';
import { answer } from '../flowai/script';
import { BOTS } from './builtin';
import { xoId, type XoConversation, type XoMessage } from './model';
import { XoStore, type XoSource } from './store';

/** A flow as lists give it (Flow XO reference §6). */
export interface XoFlow {
	_id: string;
	name: string;
	active: boolean;
}

const EXAMPLE_FLOWS = ['Opening hours', 'Find a bike', 'Book a repair', 'Complaint', 'Live chat'];

/** The Flow XO account: its conversations and its bots. */
export class FlowXoWorld {
	readonly store: XoStore;
	readonly account: { flows: XoFlow[]; subAccounts: JsonObject[] } = {
		flows: EXAMPLE_FLOWS.map((name, n) => ({
			_id: `64c0ffee1234567890abcde${n + 1}`,
			name,
			active: n !== 3,
		})),
		subAccounts: [],
	};
	/** Called for every message; the analytics count them. */
	counted: (channel: string, language: string, role: string, key: string) => void = () => undefined;

	constructor(
		private readonly context: Context,
		source?: XoSource,
	) {
		this.store = new XoStore(context, source);
	}

	/**
	 * Adds a message that goes out to the user. It shows up as a `bot` record and moves its conversation to the top;
	 * what the real service does here is unknown (Flow XO reference §11).
	 */
	sendAsBot(conversation: XoConversation, type: string, content: JsonObject): XoMessage {
		return this.append(conversation, 'bot', type, content);
	}

	/** Adds a message of the end user; the bot answers unless a human is in charge. */
	sendAsUser(conversation: XoConversation, text: string): XoMessage {
		const message = this.append(conversation, 'channel', 'text', { message: text, options: null });
		const reply = answer({
			kind: 'text',
			text,
			response: { type: 'text', payload: { text } },
			originator: { name: 'user', role: 'external' },
		});
		if (conversation.agentMode) return message;
		this.context.clock.after(this.context.settings.botDelayMs, () => {
			if (conversation.agentMode) return;
			for (const line of reply.lines) {
				const type = line.responses[0]?.type ?? 'text';
				if (type === 'handover') continue;
				const content: JsonObject =
					type === 'text'
						? { message: line.fallback, options: null }
						: { [type]: line.responses[0]?.payload };
				this.append(conversation, 'bot', type, content);
			}
			if (reply.handover === true) this.setAgentMode(conversation, true);
		});
		return message;
	}

	/** Puts a message of the end user at its place in time, and leaves the conversation where it is in the list. */
	insert(conversation: XoConversation, text: string, at: number): void {
		const content: JsonObject = { message: text, options: null };
		const message: XoMessage = {
			id: this.context.ids.nextHex24(),
			role: 'channel',
			type: 'text',
			agentMode: conversation.agentMode,
			at,
			content,
		};
		const later = conversation.messages.findIndex((other) => other.at > at);
		conversation.messages.splice(later < 0 ? conversation.messages.length : later, 0, message);
		this.store.hold(conversation);
	}

	/** Live chat on or off; while it is on the bot is silent. */
	setAgentMode(conversation: XoConversation, on: boolean): void {
		conversation.agentMode = on;
		this.store.keep(conversation);
	}

	/** A new conversation, with a first message of its user if there is one. */
	begin(userId: string, userName: string, text?: string, botIndex = 0): XoConversation {
		const bot = BOTS[botIndex] ?? BOTS[0];
		const conversation: XoConversation = {
			botId: bot.id,
			botName: bot.name,
			platform: bot.platform,
			userId,
			userName,
			agentMode: false,
			createdAt: this.context.clock.now(),
			messages: [],
			language: 'en',
		};
		this.store.keep(conversation);
		if (text !== undefined) this.append(conversation, 'channel', 'text', { message: text, options: null });
		return conversation;
	}

	/** Lists that move while they are paged: rows added, removed, or woken up from the tail. */
	readonly changes = {
		insert: (count: number): void => {
			for (let n = 0; n < count; n += 1) {
				this.begin(this.context.ids.next('inserted'), 'Fault', 'Inserted while paging');
			}
		},
		remove: (count: number): void => this.store.removeHead(count),
		activate: (count: number): void => {
			const { total } = this.store.page(0, 1, {});
			for (const row of this.store.page(Math.max(0, total - count), count, {}).rows) {
				this.append(row, 'channel', 'text', { message: 'Back again', options: null });
			}
		},
	};

	private append(
		conversation: XoConversation,
		role: XoMessage['role'],
		type: string,
		content: JsonObject,
	): XoMessage {
		const message: XoMessage = {
			id: this.context.ids.nextHex24(),
			role,
			type,
			agentMode: conversation.agentMode,
			at: this.context.clock.now(),
			content,
		};
		conversation.messages.push(message);
		this.store.keep(conversation);
		this.counted(
			conversation.platform,
			conversation.language,
			role === 'bot' ? 'bot' : 'user',
			xoId(conversation),
		);
		return message;
	}
}
