import { BOT_ID, type CountedConversation, type CountedSource } from '../chatlayer/activity';
import type { TrackingEvent } from '../chatlayer/tracking';
import { CHANNELS, LANGUAGES } from './phrases';
import type { Stories } from './stories';

const PATTERN = /^cv-g(\d+)$/;

/**
 * A generated conversation as it is counted. It is a view of the stories that can be moved from one to the next:
 * a hundred thousand are counted without making a hundred thousand objects.
 */
class CountedStory implements CountedConversation {
	readonly botId = BOT_ID;
	readonly version = 'LIVE';

	constructor(
		private readonly stories: Stories,
		public index: number,
	) {}

	get id(): string {
		return `cv-g${this.index}`;
	}
	get userId(): string {
		return `us-g${this.index}`;
	}
	get channel(): string {
		return CHANNELS[this.stories.channel[this.index] ?? 0] ?? 'web';
	}
	get language(): string {
		return LANGUAGES[this.stories.language[this.index] ?? 0] ?? 'en';
	}
	get start(): number {
		return this.stories.start[this.index] ?? 0;
	}
	get end(): number {
		return this.stories.end[this.index] ?? 0;
	}
	get messages(): number {
		return this.stories.lines[this.index] ?? 1;
	}
	get campaignId(): string {
		return this.index % 10 === 0 ? 'summer' : '';
	}
}

/** Generated conversations as they are counted. All have the version LIVE. */
export function chatlayerSource(stories: Stories): CountedSource {
	return {
		forEach: (start, end, visit) => {
			const view = new CountedStory(stories, 0);
			const last = stories.firstFrom(end);
			for (view.index = stories.firstFrom(start); view.index < last; view.index += 1) visit(view);
		},
		find: (id) => {
			const index = Number(PATTERN.exec(id)?.[1] ?? -1);
			return index >= 0 && index < stories.count ? new CountedStory(stories, index) : undefined;
		},
	};
}

/** The one event that each generated conversation tracks: its start. A view that can be moved, like the above. */
export class StoryEvent implements TrackingEvent {
	readonly event = 'conversation_started';
	readonly version = 'LIVE';
	readonly attributes = {};

	constructor(
		private readonly stories: Stories,
		public index: number,
	) {}

	/** A view of the same event that stays. */
	fixed(): StoryEvent {
		return new StoryEvent(this.stories, this.index);
	}

	get id(): string {
		return `ev-g${this.index}`;
	}
	get userId(): string {
		return `us-g${this.index}`;
	}
	get channel(): string {
		return CHANNELS[this.stories.channel[this.index] ?? 0] ?? 'web';
	}
	get conversationId(): string {
		return `cv-g${this.index}`;
	}
	get at(): number {
		return this.stories.start[this.index] ?? 0;
	}
	get campaignId(): string {
		return this.index % 10 === 0 ? 'summer' : '';
	}
}
