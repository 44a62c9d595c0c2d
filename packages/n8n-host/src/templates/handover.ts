import { Canvas, type NodeSketch, type Template } from './canvas';
import {
	asColleague,
	dataTable,
	failures,
	flowAi,
	onlyIf,
	rows,
	setFields,
	thread,
	toTeamChat,
} from './steps';

const PACKAGE = 'n8n-nodes-flowai';

const ASKS = 'Asks for a human';
const THREAD = `={{ $('${ASKS}').first().json.threadId }}`;

const asksForHuman: NodeSketch = {
	type: 'n8n-nodes-flowai.flowAiTrigger',
	parameters: { events: ['handover'] },
};

/** What the team reads: the last messages, oldest first, and where to say that it is done. */
const FOR_TEAM = `={{ [
  'A user asks for a human in thread ' + $('${ASKS}').first().json.threadId + '.',
  ...$('Last messages').all().map(({ json }) => json).reverse()
    .filter(({ text }) => text).map(({ name, role, text }) => (name || role) + ': ' + text),
  'Resolved? Say so here, and the bot answers again: ' + $execution.resumeFormUrl,
].join('\\n') }}`;

function humanHandover(): Template {
	const canvas = new Canvas(PACKAGE, 'human-handover', 'Automation: human handover')
		.explain(
			'## A human takes over, and the bot comes back\nWhen a user asks for a human, the bot of that thread is paused, the user is told, and your team reads the last messages in its chat with a link. Whoever has helped opens the link and presses **Resolved**: the bot answers again. Nobody does so for three days? Then the bot comes back by itself.',
		)
		.fillIn(
			0,
			0,
			1,
			'**1.** Publish the workflow, copy the production URL into the REST API integration of your Flow.ai project.',
		)
		.fillIn(
			1,
			0,
			3,
			'**2.** Choose your Flow.ai API credential in the four Flow.ai nodes. Change what the user is told.',
		)
		.fillIn(
			5,
			0,
			1,
			'**3.** Put in the address of your team’s chat (Slack, Mattermost, Google Chat …), or use another node.',
		)
		.node(0, 0, ASKS, asksForHuman, ['Pause the bot'])
		.node(1, 0, 'Pause the bot', flowAi('bot', 'pause', { threadId: thread(THREAD) }), ['Tell the user'])
		.node(2, 0, 'Tell the user', asColleague(THREAD, 'A colleague will be with you shortly.'), [
			'Last messages',
		])
		.node(
			3,
			0,
			'Last messages',
			flowAi(
				'message',
				'getMany',
				{ threadId: thread(THREAD), limit: 10, additionalFields: { order: 'newest' } },
				{ alwaysOutputData: true },
			),
			['For the team'],
		)
		.node(4, 0, 'For the team', setFields({ text: FOR_TEAM }, { executeOnce: true }), ['Tell the team'])
		.node(5, 0, 'Tell the team', toTeamChat, ['Wait until it is resolved'])
		.node(
			6,
			0,
			'Wait until it is resolved',
			{
				type: 'n8n-nodes-base.wait',
				typeVersion: 1.1,
				parameters: {
					resume: 'form',
					formTitle: 'Is it resolved?',
					formDescription: `=The bot answers again in thread {{ $('${ASKS}').first().json.threadId }}.`,
					formFields: { values: [{ fieldLabel: 'Note', fieldType: 'textarea' }] },
					limitWaitTime: true,
					resumeAmount: 3,
					resumeUnit: 'days',
					options: { appendAttribution: false },
				},
			},
			['The bot again'],
		)
		.node(7, 0, 'The bot again', flowAi('bot', 'resume', { threadId: thread(THREAD) }));
	return failures(canvas, 2).template();
}

const TABLE = 'Handovers';
const LIMITS = 'When is it too much?';
const NOW = 'Handovers lately';

/** Rows of the table that are not older than the user's minutes. */
const lately = `={{ $now.minus({ minutes: $('${LIMITS}').first().json.minutes }).toISO() }}`;

const ALERT = `={{ $('${NOW}').all().filter(({ json }) => json.kind === 'handover').length }} users asked for a human in the last {{ $('${LIMITS}').first().json.minutes }} minutes`;

function handoverAlert(): Template {
	const canvas = new Canvas(PACKAGE, 'alert-when-handovers-spike', 'Automation: alert when handovers spike')
		.explain(
			'## Tells when many users ask for a human at once\nEvery handover is noted in the data table *Handovers* of your n8n, which the workflow makes by itself. When there are five within ten minutes an alert goes out, and the next one after ten minutes at the earliest. The table keeps a day.',
		)
		.fillIn(
			0,
			0,
			1,
			'**1.** Publish the workflow, copy the production URL into the REST API integration of your Flow.ai project.',
		)
		.fillIn(1, 0, 1, '**2.** How many handovers, within how many minutes?')
		.fillIn(
			10,
			0,
			1,
			'**3.** Put in the address of your team’s chat (Slack, Mattermost, Google Chat …), or use another node.',
		)
		.node(0, 0, ASKS, asksForHuman, [LIMITS])
		.node(1, 0, LIMITS, setFields({ handovers: 5, minutes: 10 }, { keep: true }), ['The table'])
		.node(2, 0, 'The table', dataTable(TABLE, { kind: 'string', threadId: 'string' }), ['Note it'])
		.node(3, 0, 'Note it', rows('insert', 'The table', [], { kind: 'handover', threadId: THREAD }), [
			NOW,
			'Forget what is older than a day',
		])
		.node(
			4,
			0,
			NOW,
			rows('get', 'The table', [['createdAt', 'gte', lately]], undefined, { returnAll: true }),
			['Too many?'],
		)
		.node(
			4,
			1,
			'Forget what is older than a day',
			rows('deleteRows', 'The table', [['createdAt', 'lt', '={{ $now.minus({ days: 1 }).toISO() }}']]),
		)
		.node(
			5,
			0,
			'Too many?',
			{
				...onlyIf(
					`={{ $('${NOW}').all().filter(({ json }) => json.kind === 'handover').length >= $('${LIMITS}').first().json.handovers && !$('${NOW}').all().some(({ json }) => json.kind === 'alert') }}`,
				),
				executeOnce: true,
			},
			['Note the alert'],
		)
		.node(6, 0, 'Note the alert', rows('insert', 'The table', [], { kind: 'alert', threadId: THREAD }), [
			'First alert lately',
		])
		.node(
			7,
			0,
			'First alert lately',
			rows(
				'get',
				'The table',
				[
					['kind', 'eq', 'alert'],
					['createdAt', 'gte', lately],
				],
				undefined,
				{ limit: 1, orderBy: true, orderByColumn: 'id', orderByDirection: 'ASC' },
			),
			['Is it ours?'],
		)
		// Of two runs that see too many at the same moment, only one tells it.
		.node(8, 0, 'Is it ours?', onlyIf("={{ $json.id === $('Note the alert').first().json.id }}"), [
			'What to tell',
		])
		.node(9, 0, 'What to tell', setFields({ text: ALERT }), ['Tell the team'])
		.node(10, 0, 'Tell the team', toTeamChat);
	return failures(canvas, 2).template();
}

/** Templates around a human who takes over. */
export function handoverTemplates(): Template[] {
	return [humanHandover(), handoverAlert()];
}
