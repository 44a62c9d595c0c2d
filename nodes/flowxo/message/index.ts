import type { Resource } from '@convoflow/kit';
import { sendCard } from './send-card';
import { sendCustom } from './send-custom';
import { sendMedia } from './send-media';
import { sendText } from './send-text';

/** Messages to end users. */
export const message: Resource = {
	name: 'message',
	displayName: 'Message',
	description: 'Send messages to the users of Flow XO bots',
	nodeRedType: 'flowxo-message',
	main: 'sendText',
	operations: [sendCard, sendCustom, sendMedia, sendText],
};
