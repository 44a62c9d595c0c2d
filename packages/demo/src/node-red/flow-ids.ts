import type { Sandbox } from '@convoflow/sandbox';

/** What the flow reaches. */
export type Target = Pick<Sandbox, 'url' | 'baseUrls' | 'keys'>;

/** Ids of the nodes that the demo presses or watches. */
export const NODES = {
	send: 'demo-send-button',
	askForHuman: 'demo-ask-for-human',
	writeInWebChat: 'demo-write-in-web-chat',
	resume: 'demo-resume',
	readThread: 'demo-read-thread',
	listConversations: 'demo-list-conversations',
	countConversations: 'demo-count-conversations',
} as const;
