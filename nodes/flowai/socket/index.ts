import type { Resource } from '@convoflow/kit';
import { checkUnnoticed } from './check-unnoticed';
import { markNoticed } from './mark-noticed';
import { sendAndWait } from './send-and-wait';
import { sendEvent } from './send-event';
import { sendText } from './send-text';
import { showTyping } from './show-typing';
import { uploadFile } from './upload-file';

/** The Socket API of web channels, seen from the user's side. */
export const socket: Resource = {
	name: 'socket',
	displayName: 'Socket',
	description: 'Chat with the bot over the socket of a web channel, as its user does',
	nodeRedType: 'flowai-stream-send',
	main: 'sendText',
	operations: [sendText, sendEvent, sendAndWait, uploadFile, showTyping, markNoticed, checkUnnoticed],
};
