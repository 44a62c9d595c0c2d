import type { Resource } from '@convoflow/kit';
import { count } from './count';
import { exportTranscript } from './export-transcript';
import { exportTranscripts } from './export-transcripts';
import { get } from './get';
import { getMany } from './get-many';
import { getMessages } from './get-messages';

/** Conversations with end users. */
export const conversation: Resource = {
	name: 'conversation',
	displayName: 'Conversation',
	description: 'Read and export the conversations of a Flow XO account',
	nodeRedType: 'flowxo-conversation',
	main: 'getMany',
	operations: [count, exportTranscript, exportTranscripts, get, getMany, getMessages],
};
