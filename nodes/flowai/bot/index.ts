import type { Resource } from '@convoflow/kit';
import { getStatus } from './get-status';
import { pause } from './pause';
import { resume } from './resume';

/** The bot of a thread. */
export const bot: Resource = {
	name: 'bot',
	displayName: 'Bot',
	description: 'Pause and resume the Flow.ai bot in a thread',
	nodeRedType: 'flowai-bot',
	main: 'pause',
	operations: [getStatus, pause, resume],
};
