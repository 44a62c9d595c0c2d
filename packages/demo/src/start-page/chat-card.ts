import { THREADS } from '../visitors';
import type { Card } from './server';

/** What is the same with every host: being the end user. */
export function chatCard(flow: 'flow' | 'workflow') {
	return {
		id: 'chat',
		title: 'Chat as the end user',
		text: 'The sandbox console is the other end: what a visitor of your web site sees.',
		steps: [
			`Choose the thread ${THREADS.rest}.`,
			'Write “Hello”. The bot answers.',
			`Write “I want to talk to a human”. The ${flow} pauses the bot.`,
		],
		link: 'Open the console',
	} as const satisfies Card;
}
