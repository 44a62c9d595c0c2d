/** The thread whose socket brings the frames. */
export const FRAME_THREAD = 't-frames';

/** A frame of the stream with an id of its own (Flow.ai reference §5.3). */
export function frameText(number: number): string {
	return JSON.stringify({
		type: 'message.received',
		payload: {
			threadId: FRAME_THREAD,
			originator: { name: 'Bike Shop', role: 'bot' },
			messages: [
				{
					fallback: `Message ${number}`,
					replyTo: null,
					contexts: [],
					params: {},
					meta: { msgId: `m-${number}` },
					responses: [{ type: 'text', payload: { text: `Message ${number} of the bike shop` }, delay: 0 }],
				},
			],
		},
	});
}
