import type { Trigger } from '@convoflow/kit';

/** Starts when a step of a flow calls an action. Flow.ai reference §8, later docs. */
export const actionTrigger = {
	name: 'action',
	displayName: 'Flow.ai Action Trigger',
	description: 'Starts when a flow of Flow.ai calls an action, and lets the workflow reply to it',
	nodeRedType: 'flowai-action',
	credential: 'flowAiActionApi',
	address: { enterAt: 'the URL of the webhook action in the step of your flow' },
	fields: {
		answer: {
			kind: 'options',
			label: 'Answer',
			description:
				'Flow.ai waits a few seconds only: a call without a reply gets an empty one after 8 seconds',
			options: [
				{
					value: 'atOnce',
					label: 'At Once',
					description: 'Answer with an empty reply; for slow work, whose result goes out with Reply Later',
				},
				{
					value: 'reply',
					label: 'With a Reply',
					description: 'Wait up to 8 seconds for the operation Reply',
				},
			],
			default: 'reply',
		},
	},
	optional: {},
	sample: {
		action: 'reserve',
		threadId: 't-100',
		channelName: 'web',
		query: 'Book it',
		values: { day: '2020-05-01' },
		params: { day: [{ value: '2020-05-01' }] },
		userId: 'u-1',
		name: 'Mara Lind',
		role: 'external',
		replyUrl: 'https://api.flow.ai/reply/abc',
		replyBy: '2020-05-01T10:00:08.000Z',
		verifiedBy: 'verifyToken',
		body: { type: 'action', threadId: 't-100', action: 'reserve', query: 'Book it' },
	},
} as const satisfies Trigger;
