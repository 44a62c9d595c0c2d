import { answer, rejection, text } from '../support/fake-ports';
import { JSON_BODY, OK, REST, run } from './flowai-harness';

const INPUT = { threadId: 't-100|w_c', text: 'Is table six free?', traceId: 7 };
const said = (words: string, more = {}): Record<string, unknown> => ({
	fallback: words,
	responses: [{ type: 'text', payload: { text: words, quickReplies: [{ label: 'Book', value: 'book' }] } }],
	...more,
});

describe('Send and Wait for Reply (Flow.ai reference §2.5)', () => {
	it('sends the text in sync mode and reads the whole reply, without what is silent', async () => {
		const messages = [said('Yes.'), said('For agents', { silent: true }), said('Until eight.')];
		const reply = answer({ status: 'ok', traceId: '9f2c:41aa:0:1', messages: messages as never });
		const { rows, sent } = await run('message.sendAndWait', INPUT, [reply]);
		expect(sent).toEqual([
			{
				method: 'POST',
				url: `${REST}/messages/t-100%7Cw_c?sync=true`,
				headers: JSON_BODY,
				body: {
					payload: {
						type: 'text',
						traceId: 7,
						speech: 'Is table six free?',
						originator: { name: 'Workflow', role: 'external' },
					},
				},
			},
		]);
		const row = (words: string, silent: boolean): Record<string, unknown> => ({
			text: words,
			type: 'text',
			quickReplies: ['Book'],
			attachments: [],
			silent,
		});
		expect(rows).toEqual([
			{
				threadId: 't-100|w_c',
				traceId: 7,
				replied: true,
				text: 'Yes.\nUntil eight.',
				quickReplies: ['Book', 'Book'],
				replies: [row('Yes.', false), row('For agents', true), row('Until eight.', false)],
			},
		]);
	});

	it('says that nothing was replied where the service only acknowledges', async () => {
		const { rows } = await run('message.sendAndWait', INPUT, [OK]);
		expect(rows).toMatchObject([{ replied: false, text: '', replies: [] }]);
	});

	it('is never repeated when no answer comes', async () => {
		const error = await rejection(run('message.sendAndWait', INPUT, [text('', 504)]));
		expect(error).toMatchObject({
			code: 'CONVOFLOW_OUTCOME_UNKNOWN',
			traceId: 7,
			advice: expect.stringContaining('trigger') as string,
		});
	});
});
