import type { INodeParameters } from 'n8n-workflow';
import { Canvas, type NodeSketch, type Template } from './canvas';
import { dataTable, failures, rows } from './steps';

/** Starts at a time of day. */
const every = (rule: INodeParameters): NodeSketch => ({
	type: 'n8n-nodes-base.scheduleTrigger',
	typeVersion: 1.2,
	parameters: { rule: { interval: [rule] } },
});

const TABLE = 'The table';

/** Columns of the table; createdAt is one of n8n's own. */
const COLUMNS = {
	conversation: 'id',
	userName: 'userName',
	platform: 'platform',
	botName: 'botName',
	startedAt: 'createdAt',
	lastMessage: 'lastMessage',
	lastMessageRole: 'lastMessageRole',
	lastMessageAt: 'lastMessageAt',
} as const;

function nightlyExport(): Template {
	const values = Object.fromEntries(
		Object.entries(COLUMNS).map(([column, field]) => [column, `={{ $json.${field} }}`]),
	);
	const columns = Object.fromEntries(
		Object.keys(COLUMNS).map((column) => [column, column.endsWith('At') ? 'date' : 'string'] as const),
	);
	const canvas = new Canvas(
		'n8n-nodes-flowxo',
		'nightly-export-of-conversations',
		'Automation: nightly export of conversations',
	)
		.explain(
			'## Writes yesterday’s conversations into a table, every night\nAt two o’clock the conversations of the last 24 hours are read page by page and written into the data table *Conversations* of your n8n, which the workflow makes by itself. One row a conversation: one that goes on is brought up to date, and a second run adds nothing. The table can be downloaded as CSV under *Data tables*.',
		)
		.fillIn(0, 0, 1, '**1.** When should it run? Your n8n’s time zone counts.')
		.fillIn(2, 0, 1, '**2.** Choose your Flow XO API credential.')
		.node(0, 0, 'Every night', every({ field: 'days', triggerAtHour: 2 }), [TABLE])
		.node(1, 0, TABLE, dataTable('Conversations', columns), ['Conversations'])
		.node(
			2,
			0,
			'Conversations',
			{
				type: 'n8n-nodes-flowxo.flowXo',
				parameters: {
					resource: 'conversation',
					operation: 'getMany',
					returnAll: true,
					additionalFields: { activeAfter: '={{ $now.minus({ hours: 24 }).toISO() }}' },
				},
			},
			['Into the table'],
		)
		.node(3, 0, 'Into the table', rows('upsert', TABLE, [['conversation', 'eq', '={{ $json.id }}']], values));
	return failures(canvas, 2).template();
}

/** The mail: what was counted, with the picture as an attachment, since mail programs show no SVG inside a text. */
const MAIL = `=<h1>{{ $('By day').all().reduce((sum, { json }) => sum + (json.value ?? 0), 0) }} conversations in the last 7 days</h1>
<table cellpadding="4">
{{ $('By day').all().map(({ json }) => '<tr><td>' + json.x + '</td><td align="right">' + (json.value ?? 0) + '</td></tr>').join('') }}
</table>
<p>The chart is attached.</p>`;

function weeklyReport(): Template {
	const canvas = new Canvas(
		'n8n-nodes-chatlayer',
		'weekly-report-with-a-chart',
		'Automation: weekly report with a chart',
	)
		.explain(
			'## A mail with the conversations of the last week, every Monday\nOn Mondays at six the conversations of the last seven days are counted by day, drawn as a chart and mailed to whom you name.',
		)
		.fillIn(0, 0, 1, '**1.** When should it run? Your n8n’s time zone counts.')
		.fillIn(1, 0, 1, '**2.** Choose your Chatlayer Analytics API credential and enter the bot.')
		.fillIn(
			3,
			0,
			1,
			'**3.** Choose the SMTP credential of your mail server, from whom and to whom it is sent.',
		)
		.node(
			0,
			0,
			'Every Monday',
			every({ field: 'weeks', weeksInterval: 1, triggerAtDay: [1], triggerAtHour: 6 }),
			['By day'],
		)
		.node(
			1,
			0,
			'By day',
			{
				type: 'n8n-nodes-chatlayer.chatlayer',
				parameters: {
					resource: 'analytics',
					operation: 'getConversations',
					botId: { __rl: true, mode: 'id', value: '' },
					period: 'last7Days',
					bucket: '1d',
				},
			},
			['Chart'],
		)
		.node(
			2,
			0,
			'Chart',
			{
				type: 'n8n-nodes-chatlayer.chatlayer',
				parameters: {
					resource: 'chart',
					operation: 'create',
					kind: 'bar',
					title: 'Conversations of the last 7 days',
					outputBinaryField: 'data',
					additionalFields: { fileName: 'conversations', valueLabel: 'Conversations' },
				},
			},
			['Mail it'],
		)
		.node(3, 0, 'Mail it', {
			type: 'n8n-nodes-base.emailSend',
			typeVersion: 2.1,
			parameters: {
				fromEmail: 'reports@example.com',
				toEmail: 'team@example.com',
				subject: 'Conversations of the last 7 days',
				emailFormat: 'html',
				html: MAIL,
				options: { appendAttribution: false, attachments: 'data' },
			},
		});
	return failures(canvas, 2).template();
}

/** Templates that write down what happened. */
export function reportTemplates(): Template[] {
	return [nightlyExport(), weeklyReport()];
}
