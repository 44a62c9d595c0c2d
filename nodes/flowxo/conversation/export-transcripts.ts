import { ConvoflowError, isObject, rawConversationId, textOf, type JsonObject } from '@convoflow/client';
import { conversationErrors, operation } from '../operation';
import { format, formatOf, isMasked, readTalks } from './transcript/fields';
import { writeTranscript } from './transcript/formats';

/** Where an item is looked for its conversation: rows of a trigger or of messages name it beside an ID of their own. */
const ID_PROPERTIES = ['conversationId', 'conversation', 'id', 'id_url_encoded'] as const;

/**
 * The conversations that items name, each once, in the order of the items.
 * @throws CONVOFLOW_INVALID_INPUT (items) for an item that names none
 */
function conversationsIn(items: readonly JsonObject[]): string[] {
	const ids = items.map((item, index) => {
		const id = ID_PROPERTIES.map((name) => idIn(item[name])).find((one) => one !== '');
		if (id !== undefined) return id;
		throw new ConvoflowError(
			'CONVOFLOW_INVALID_INPUT',
			`Item ${index} names no conversation: it has no ID at ${ID_PROPERTIES.join(', ')}`,
			{
				field: 'items',
				advice:
					'Give every item its ID as conversationId, for example with an Edit Fields or a Change node. Nothing was sent.',
			},
		);
	});
	return [...new Set(ids)];
}

function idIn(value: JsonObject[string] | undefined): string {
	return rawConversationId((isObject(value) ? textOf(value['id']) : textOf(value)) ?? '');
}

const ITEMS: readonly JsonObject[] = [
	{
		id: '5f3a9c0e7d21b84a66e0c1d2/c/490150001000',
	},
	{
		id: 'm-1',
		conversationId: '5f3a9c0e7d21b84a66e0c1d2%2Fc%2F490150001000',
	},
	{
		id: '5f3a9c0e7d21b84a66e0c1d2/c/490150001004',
	},
];

/** Writes the conversations of all items into one file. 000, Listing messages of a conversation. */
export const exportTranscripts = operation({
	name: 'exportTranscripts',
	displayName: 'Export Transcripts in One File',
	action: 'Export transcripts of conversations in one file',
	description:
		'Write all messages of the conversations that come in, for example from Get Many, into one file',
	keywords: ['download', 'file', 'csv', 'markdown', 'archive', 'save', 'all', 'bulk'],
	effect: 'read',
	returns: 'file',
	mode: 'all',
	fields: { format },
	run: async (client, input, context) => {
		const ids = conversationsIn(context.items ?? []);
		const chosen = formatOf(input.format);
		return await Promise.resolve({
			file: {
				name: `transcripts.${chosen.extension}`,
				mimeType: chosen.mimeType,
				content: writeTranscript(chosen, readTalks(client, ids, isMasked(input), context)),
			},
			json: { format: input.format, conversations: ids.length },
		});
	},
	errors: conversationErrors,
	summary: () => 'Exported',
	examples: [
		{
			name: 'For a spreadsheet, one conversation named twice',
			input: { format: 'csv' },
			items: ITEMS,
		},
		{
			name: 'To read',
			input: { format: 'markdown' },
			items: ITEMS,
		},
	],
});
