import { defined } from '@convoflow/client';
import { title } from '../message/content';
import { restOperation } from '../operation';
import { searchSegments } from '../searches';
import { broadcastContent, broadcastOptions, mediaAndLocation, textAndEvent } from './content';

/** Sends a message at once to a segment. Flow.ai reference §2.2 row 15, later docs. */
export const sendToSegment = restOperation({
	name: 'sendToSegment',
	displayName: 'Send to Segment',
	action: 'Send broadcast to segment',
	description: 'Send a message at once to everybody in a segment',
	keywords: ['campaign', 'bulk', 'mass', 'group', 'notification', 'proactive'],
	effect: 'send',
	returns: 'one',
	fields: {
		segmentBy: {
			kind: 'options',
			label: 'Segment By',
			description: 'How the segment is named',
			options: [
				{ value: 'id', label: 'ID' },
				{ value: 'name', label: 'Name' },
			],
			default: 'id',
		},
		segmentId: {
			kind: 'locator',
			thing: 'segment',
			label: 'Segment',
			description: 'The segment to send to, by the name that the operation Get Segments lists',
			placeholder: 'e.g. au-9',
			modes: ['id'],
			search: searchSegments,
			required: true,
			showWhen: { segmentBy: ['id'] },
			from: 'segmentId',
		},
		segmentName: {
			kind: 'string',
			label: 'Segment Name',
			description: 'Title of the segment to send to',
			placeholder: 'e.g. Buyers',
			required: true,
			showWhen: { segmentBy: ['name'] },
		},
		content: {
			kind: 'options',
			label: 'Content',
			description: 'What to send',
			options: [
				{ value: 'event', label: 'Event', description: 'The bot goes to the step that waits for it' },
				{ value: 'location', label: 'Location' },
				{ value: 'media', label: 'Media' },
				{ value: 'text', label: 'Text' },
			],
			default: 'text',
		},
		...textAndEvent,
		...mediaAndLocation,
	},
	optional: { ...broadcastOptions, title },
	lane: (input) => segmentOf(input).id ?? segmentOf(input).name ?? '',
	run: async (client, input, { signal }) => {
		const { status } = await client.broadcasts.toSegment({
			segments: [segmentOf(input)],
			...broadcastContent(input),
			signal,
		});
		return defined({ status, segmentId: input.segmentId, segmentName: input.segmentName });
	},
	errors: {
		FLOWAI_BAD_REQUEST: {
			advice: 'Check the segment (Broadcast: Get Segments lists them) and the content.',
		},
		CONVOFLOW_OUTCOME_UNKNOWN: {
			message: 'It is not known whether this broadcast was sent',
			advice:
				'It was not repeated, so that nobody gets it twice. Look at the threads of some recipients before sending again.',
		},
	},
	summary: (_rows, input) => `Broadcast sent to ${input.segmentId ?? input.segmentName ?? 'the segment'}`,
	examples: [
		{ name: 'A text', input: { segmentId: 'au-9', text: 'Doors open at nine' } },
		{
			name: 'An image to a segment by its name',
			input: {
				segmentBy: 'name',
				segmentName: 'Buyers',
				content: 'media',
				mediaType: 'image',
				url: 'https://cdn.example.com/cat.png',
				title: 'A cat',
			},
		},
		{
			name: 'A place',
			input: {
				segmentId: 'au-9',
				content: 'location',
				latitude: '59.3293',
				longitude: '18.0686',
				language: 'sv',
			},
		},
		{ name: 'An event', input: { segmentId: 'au-9', content: 'event', eventName: 'CART_LEFT' } },
	],
});

function segmentOf(input: { readonly segmentId?: string; readonly segmentName?: string }): {
	id?: string;
	name?: string;
} {
	const { segmentId: id, segmentName: name } = input;
	return { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) };
}
