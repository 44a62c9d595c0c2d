/** What the analytics count: one row for each conversation and what was said in it. */
export interface CountedConversation {
	id: string;
	botId: string;
	version: 'DRAFT' | 'LIVE';
	channel: string;
	language: string;
	userId: string;
	/** Milliseconds. */
	start: number;
	end: number;
	messages: number;
	campaignId?: string;
}

/** Conversations in a range of time; the generated ones are counted without being built. */
export interface CountedSource {
	/** Visits in the order of their start. The object visited is only good until the next one. */
	forEach(start: number, end: number, visit: (conversation: CountedConversation) => void): void;
	find(id: string): CountedConversation | undefined;
}

/** A conversation ends after this long without a message (Chatlayer reference §8). */
const SILENCE_MS = 15 * 60_000;

const day = (text: string): number => Date.parse(`${text}T00:00:00.000Z`);

/** The conversations behind the worked example of Chatlayer reference §6. */
function builtIn(): CountedConversation[] {
	const counts: ReadonlyArray<readonly [string, string, number]> = [
		['web', '2026-03-01', 12],
		['web', '2026-03-02', 7],
		['whatsapp', '2026-03-01', 3],
		['whatsapp', '2026-03-02', 5],
		['voice', '2026-03-05', 4],
		['voice', '2026-03-06', 2],
	];
	const list: CountedConversation[] = [];
	for (const [channel, date, count] of counts) {
		for (let n = 0; n < count; n += 1) {
			const start = day(date) + (8 + n) * 3_600_000 + 300_000;
			const number = 501 + list.length;
			list.push({
				id: `cv-${number}`,
				botId: BOT_ID,
				version: 'LIVE',
				channel,
				language: n % 3 === 0 ? 'nl' : 'en',
				userId: `us-${77 + (n % 9)}`,
				start,
				end: start + (2 + (n % 4)) * 60_000,
				messages: 4 + (n % 5),
				...(n % 4 === 0 ? { campaignId: 'spring' } : {}),
			});
		}
	}
	return list;
}

export const BOT_ID = 'k3v9x2ab';
export const TEAM_ID = 'team-1';

/** Everything that is counted: built-in conversations, generated ones, and what is said in any service now. */
export class Activity {
	/** What every sandbox begins with. */
	readonly builtIn: readonly CountedConversation[] = builtIn();
	private list: CountedConversation[] = [...this.builtIn];
	private readonly open = new Map<string, CountedConversation>();
	private counter = 0;
	/** Called for every message counted; the event subscriptions listen. */
	onMessage: (conversation: CountedConversation, first: boolean) => void = () => undefined;

	constructor(
		private readonly now: () => number,
		private readonly source?: CountedSource,
	) {}

	/** Counts a message: it belongs to the running conversation of its thread, or begins one. */
	count(
		channel: string,
		language: string,
		key: string,
		version: 'DRAFT' | 'LIVE' = 'LIVE',
	): CountedConversation {
		const at = this.now();
		const running = this.open.get(`${channel}:${key}`);
		if (running && at - running.end <= SILENCE_MS) {
			running.end = at;
			running.messages += 1;
			this.onMessage(running, false);
			return running;
		}
		const conversation: CountedConversation = {
			id: `cv-live-${++this.counter}`,
			botId: BOT_ID,
			version,
			channel,
			language,
			userId: key,
			start: at,
			end: at,
			messages: 1,
		};
		this.open.set(`${channel}:${key}`, conversation);
		this.list.push(conversation);
		this.onMessage(conversation, true);
		return conversation;
	}

	/** Visits the conversations that began in a range (start inclusive, end exclusive). */
	forEach(start: number, end: number, visit: (conversation: CountedConversation) => void): void {
		for (const conversation of this.list) {
			if (conversation.start >= start && conversation.start < end) visit(conversation);
		}
		this.source?.forEach(start, end, visit);
	}

	/** Conversations held one by one, newest first. */
	held(): CountedConversation[] {
		return [...this.list].reverse();
	}

	find(id: string): CountedConversation | undefined {
		return this.list.find((conversation) => conversation.id === id) ?? this.source?.find(id);
	}

	dump(): CountedConversation[] {
		return this.list.filter((conversation) => conversation.id.startsWith('cv-live-'));
	}

	load(list: CountedConversation[]): void {
		this.list = [...this.builtIn, ...list];
		this.counter = list.length;
	}
}
