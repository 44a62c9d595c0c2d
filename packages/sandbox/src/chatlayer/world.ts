import type { Context } from '../context';
import { chatlayerSource } from '../seed/chatlayer';
import type { Stories } from '../seed/stories';
import { Activity } from './activity';
import { Subscriptions } from './subscriptions';
import { Tracking } from './tracking';
import { Transcripts } from './transcripts';

/** The Chatlayer team: its one bot, what is counted, tracked and pushed. */
export class ChatlayerWorld {
	readonly activity: Activity;
	readonly tracking: Tracking;
	readonly subscriptions: Subscriptions;
	readonly transcripts: Transcripts;

	constructor(context: Context, stories: Stories) {
		this.activity = new Activity(() => context.clock.now(), chatlayerSource(stories));
		this.tracking = new Tracking(this.activity, stories);
		this.subscriptions = new Subscriptions(context);
		this.transcripts = new Transcripts(context, this.activity, stories);
		this.activity.onMessage = (conversation, first) => {
			if (this.subscriptions.list.length === 0) return;
			const about = {
				conversation_id: conversation.id,
				user_id: conversation.userId,
				channel_type: conversation.channel,
				timestamp: new Date(conversation.end).toISOString(),
			};
			this.subscriptions.notify('MESSAGE_EVENT', 'message', about, conversation.version);
			if (first) this.subscriptions.notify('FLOW_EVENT', 'start', about, conversation.version);
		};
	}
}
