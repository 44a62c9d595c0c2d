import { FlowXoClient, type HttpRequest, type JsonObject } from '@convoflow/client';
import { answer, fakePorts, type FakePorts } from '../../support/fake-ports';
import { VirtualClock } from '../../support/virtual-clock';

interface Message {
	readonly id: string;
	readonly at: number;
	readonly role: 'bot' | 'channel';
	readonly agent: boolean;
}

interface Conversation {
	readonly id: string;
	readonly createdAt: number;
	agentMode: boolean;
	botName: string;
	platform: string;
	messages: Message[];
	/** Leaves last_message out of the list. */
	isBare: boolean;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** A Flow XO account in memory, whose list and clock a test holds in its hand. */
export class Account {
	readonly clock = new VirtualClock();
	readonly conversations = new Map<string, Conversation>();
	/** How the service sorts its list of conversations. */
	order: 'activity' | 'created' = 'activity';
	messageOrder: 'newest' | 'oldest' = 'newest';
	/** Called before each request is answered, with its number from 1. */
	beforeAnswer: (count: number, path: string) => void = () => undefined;
	/** The service's clock minus ours, ms. */
	skewMs = 0;
	readonly ports: FakePorts;
	readonly client: FlowXoClient;
	#count = 0;

	constructor() {
		this.ports = fakePorts([(request) => Promise.resolve(this.#answer(request))], { clock: this.clock });
		this.client = new FlowXoClient(this.ports, { baseUrl: 'https://flowxo.test/api' });
	}

	get now(): number {
		return this.clock.now() + this.skewMs;
	}

	/** Paths that were asked for since the last call, without their queries. */
	takeRequests(): string[] {
		const paths = this.ports.requests.map(({ url }) => new URL(url).pathname.replace('/api', ''));
		this.ports.requests.length = 0;
		return paths;
	}

	begin(id: string, at = this.now): Conversation {
		const conversation: Conversation = {
			id: `bot/c/${id}`,
			createdAt: at,
			agentMode: false,
			botName: 'Bike Shop',
			platform: 'telegram',
			messages: [],
			isBare: false,
		};
		this.conversations.set(id, conversation);
		return conversation;
	}

	/** Writes a message. @returns its id */
	write(user: string, options: Partial<Omit<Message, 'id'>> = {}): string {
		const conversation = this.conversations.get(user) ?? this.begin(user, options.at ?? this.now);
		const id = `m${(this.#count += 1)}`;
		const { at = this.now, role = 'channel', agent = conversation.agentMode } = options;
		conversation.messages.push({ id, at, role, agent });
		conversation.messages.sort((one, other) => one.at - other.at);
		return id;
	}

	#view({ id, createdAt, agentMode, botName, platform, messages, isBare }: Conversation): JsonObject {
		const last = messages.at(-1);
		return {
			id,
			bot_id: 'bot',
			bot_name: botName,
			platform,
			user_id: id.slice(6),
			user_name: null,
			agent_mode: agentMode,
			created_at: new Date(createdAt).toISOString(),
			...(last && !isBare ? { last_message: messageView(id, last) } : {}),
		};
	}

	#answer({ url }: HttpRequest): ReturnType<typeof answer> {
		const { pathname, searchParams } = new URL(url);
		this.beforeAnswer(this.ports.requests.length, pathname);
		const [, , , part, messages] = pathname.split('/');
		const [skip, limit] = [Number(searchParams.get('skip')), Number(searchParams.get('limit'))];
		if (part === undefined) {
			const rows = [...this.conversations.values()].sort(
				(one, other) => this.#place(other) - this.#place(one),
			);
			const page = rows.slice(skip, skip + limit).map((row) => this.#view(row));
			return answer({ total: rows.length, skip, limit, conversations: page });
		}
		const conversation = this.conversations.get(decodeURIComponent(part).slice(6));
		if (!conversation) return answer({ error: 'not found' }, 404);
		if (messages === undefined) return answer(this.#view(conversation));
		const rows = conversation.messages.map((message) => messageView(conversation.id, message));
		if (this.messageOrder === 'newest') rows.reverse();
		return answer(rows.slice(skip, skip + limit));
	}

	#place({ createdAt, messages }: Conversation): number {
		return this.order === 'created' ? createdAt : (messages.at(-1)?.at ?? createdAt);
	}
}

function messageView(conversation: string, { id, at, role, agent }: Message): JsonObject {
	return {
		id,
		role,
		type: 'text',
		agent_mode: agent,
		conversation,
		from: role === 'bot' ? 'bot' : conversation.slice(6),
		message: id,
		options: null,
		timestamp: new Date(at).toISOString(),
	};
}
