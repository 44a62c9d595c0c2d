import type { Resource } from '@convoflow/kit';
import { getSegments } from './get-segments';
import { sendToAudience } from './send-to-audience';
import { sendToSegment } from './send-to-segment';

/** Messages to many people. */
export const broadcast: Resource = {
	name: 'broadcast',
	displayName: 'Broadcast',
	description: 'Send a message of Flow.ai to many people at once',
	nodeRedType: 'flowai-broadcast',
	main: 'sendToAudience',
	operations: [sendToAudience, sendToSegment, getSegments],
};
