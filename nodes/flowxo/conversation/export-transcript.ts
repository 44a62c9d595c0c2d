import { rawConversationId } from '@convoflow/client';
import { conversationErrors, conversationId, operation } from '../operation';
import { format, formatOf, isMasked, readTalks } from './transcript/fields';
import { writeTranscript } from './transcript/formats';

/** What an id leaves for the name of a file. */
function fileNamePart(id: string): string {
	return id.replace(/[^\w.-]+/g, '-').slice(0, 80);
}

/** Writes one conversation into a file. 000, Listing messages of a conversation. */
export const exportTranscript = operation({
	name: 'exportTranscript',
	displayName: 'Export Transcript',
	action: 'Export transcript of conversation',
	description: 'Write all messages of a conversation into a file, the oldest first',
	keywords: ['download', 'file', 'csv', 'markdown', 'archive', 'save'],
	effect: 'read',
	returns: 'file',
	fields: { conversationId, format },
	run: async (client, input, context) => {
		const { conversationId: id } = input;
		const chosen = formatOf(input.format);
		const isPrivate = isMasked(input);
		// Asked for here as well, so that a missing conversation fails before a file is begun.
		await client.getConversation(id, context.signal);
		const name = isPrivate ? 'transcript' : `transcript-${fileNamePart(rawConversationId(id))}`;
		return {
			file: {
				name: `${name}.${chosen.extension}`,
				mimeType: chosen.mimeType,
				content: writeTranscript(chosen, readTalks(client, [id], isPrivate, context)),
			},
			json: { format: input.format, ...(isPrivate ? {} : { conversationId: rawConversationId(id) }) },
		};
	},
	errors: conversationErrors,
	summary: () => 'Exported',
	examples: [
		{
			name: 'To read',
			input: { conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122', format: 'markdown' },
		},
		{
			name: 'For a spreadsheet',
			input: { conversationId: '5f3a9c0e7d21b84a66e0c1d2%2Fc%2F490150001122', format: 'csv' },
		},
		{
			name: 'Every message as it came',
			input: { conversationId: '5f3a9c0e7d21b84a66e0c1d2/c/490150001122', format: 'jsonl' },
		},
	],
});
