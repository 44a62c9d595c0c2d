import { chatCard } from '../start-page/chat-card';
import type { Card } from '../start-page/server';

/** The three things to try with Node-RED. */
export const CARDS = [
	chatCard('flow'),
	{
		id: 'flow',
		title: 'Watch the flow',
		text: 'Node-RED’s editor with a flow that sends, listens, hands over and reads.',
		steps: [
			'Press a button on the left of the flow.',
			'Look at the debug sidebar: the bug symbol on the right.',
			'Open a node with a double click: one form, no code.',
		],
		link: 'Open the editor',
	},
	{
		id: 'dashboard',
		title: 'Lead the conversations',
		text: 'A dashboard for a team: conversations live, the bot on and off, a chart.',
		steps: [
			'Choose a conversation.',
			'Press “Pause the bot”, and “Resume the bot”.',
			'Look at the chart: conversations a day by channel.',
		],
		link: 'Open the dashboard',
	},
] as const satisfies readonly Card[];
