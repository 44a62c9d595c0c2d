import { chatCard } from '../start-page/chat-card';
import type { Card } from '../start-page/server';

/** The three things to try with n8n. */
export const CARDS = [
	chatCard('workflow'),
	{
		id: 'flow',
		title: 'Watch the workflow',
		text: 'n8n’s editor with a workflow that listens to Flow.ai and hands over.',
		steps: [
			'Look at “Executions”: each event is a run.',
			'Open a node with a double click: one form, no code.',
			'Run the workflows 2 to 7 by their button.',
		],
		link: 'Open the workflow',
	},
	{
		id: 'template',
		title: 'See an automation’s run',
		text: 'The templates of the packages are imported, and one of them has run.',
		steps: [
			'Open a node of the run: its form, its input, its output.',
			'“Copy to editor” takes the run’s data along, to change something and try again.',
			'Look at the other templates among the workflows.',
		],
		link: 'Open the run',
	},
] as const satisfies readonly Card[];
