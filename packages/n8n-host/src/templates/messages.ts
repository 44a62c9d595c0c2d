import { Canvas, type Template } from './canvas';
import { dataTable, failures, flowAi, rows, setFields, thread, toTeamChat } from './steps';

const PACKAGE = 'n8n-nodes-flowai';
const TABLE = 'The table';
const BATCH = 'Twenty at a time';
const TAKEN = 'Take them';

/** Sends the rows of a table, in order and at a pace. */
export function proactiveMessages(): Template {
	const canvas = new Canvas(PACKAGE, 'messages-from-a-list', 'Automation: messages from a list')
		.explain(
			'## Sends a list of messages, in order and not too fast\nThe list is the data table *Messages to send* of your n8n, one row a message: threadId and text. Messages of one thread keep their order, threads run side by side, no more than five are sent in a second. Each row then says in *status* what became of it. A row that has a status is never sent again, whoever presses the button, and also when n8n ended in the middle.',
		)
		.fillIn(
			0,
			0,
			2,
			'**1.** Run it once: it makes the table. Then fill it under *Data tables*, or import a CSV file there. Leave *status* and *remark* empty.',
		)
		.fillIn(
			5,
			0,
			1,
			'**2.** Choose your Flow.ai API credential, in whose name it is sent, and the pace (*Requests per Second*).',
		)
		.fillIn(
			6,
			2,
			1,
			'**3.** Where should be told what could not be sent? Put in the address of your team’s chat.',
		)
		.node(0, 0, 'Send now', { type: 'n8n-nodes-base.manualTrigger' }, [TABLE])
		.node(
			1,
			0,
			TABLE,
			dataTable('Messages to send', {
				threadId: 'string',
				text: 'string',
				status: 'string',
				remark: 'string',
			}),
			['Not sent yet'],
		)
		.node(
			2,
			0,
			'Not sent yet',
			rows('get', TABLE, [['status', 'isEmpty']], undefined, {
				returnAll: true,
				orderBy: true,
				orderByColumn: 'id',
				orderByDirection: 'ASC',
			}),
			[BATCH],
		)
		.node(
			3,
			0,
			BATCH,
			{
				type: 'n8n-nodes-base.splitInBatches',
				typeVersion: 3,
				parameters: { batchSize: 20, options: {} },
			},
			['What was not sent'],
			[TAKEN],
		)
		// Only rows that nobody has taken meanwhile come out of it.
		.node(
			4,
			0,
			TAKEN,
			rows(
				'update',
				TABLE,
				[
					['id', 'eq', '={{ $json.id }}'],
					['status', 'isEmpty'],
				],
				{ status: 'sending' },
			),
			['Send'],
		)
		.node(
			5,
			0,
			'Send',
			flowAi(
				'message',
				'sendText',
				{
					threadId: thread('={{ $json.threadId }}'),
					longText: 'split',
					text: '={{ $json.text }}',
					originatorName: 'Restaurant',
					originatorRole: 'moderator',
					options: { requestsPerSecond: 5 },
				},
				{ onError: 'continueRegularOutput' },
			),
			['Note what became of them'],
		)
		.node(
			6,
			0,
			'Note what became of them',
			rows('update', TABLE, [['id', 'eq', `={{ $('${TAKEN}').item.json.id }}`]], {
				status: "={{ $json.error ? 'not sent' : 'sent' }}",
				remark: "={{ $json.error ?? '' }}",
			}),
			[BATCH],
		)
		.node(
			4,
			2,
			'What was not sent',
			{
				...rows(
					'get',
					TABLE,
					[
						['status', 'neq', 'sent'],
						['status', 'isNotEmpty'],
					],
					undefined,
					{ returnAll: true },
				),
				executeOnce: true,
			},
			['Tell how many'],
		)
		.node(
			5,
			2,
			'Tell how many',
			setFields(
				{
					text: "={{ $('What was not sent').all().length }} of the messages in the list were not sent, or it is not known whether they were:\n{{ $('What was not sent').all().slice(0, 20).map(({ json }) => `${json.threadId}: ${json.status} ${json.remark ?? ''}`).join('\\n') }}",
				},
				{ executeOnce: true },
			),
			['Tell the team'],
		)
		.node(6, 2, 'Tell the team', toTeamChat);
	return failures(canvas, 4).template();
}
