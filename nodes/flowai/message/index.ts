import type { Resource } from '@convoflow/kit';
import { getMany } from './get-many';
import { sendAndWait } from './send-and-wait';
import { sendEvent } from './send-event';
import { sendLocation } from './send-location';
import { sendMedia } from './send-media';
import { sendMediaFile } from './send-media-file';
import { sendText } from './send-text';

/** Messages of a thread. */
export const message: Resource = {
	name: 'message',
	displayName: 'Message',
	description: 'Send messages to Flow.ai and read those of a thread',
	nodeRedType: 'flowai-message',
	main: 'sendText',
	operations: [getMany, sendText, sendAndWait, sendEvent, sendLocation, sendMedia, sendMediaFile],
};
