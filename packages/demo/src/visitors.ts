import type { Sandbox } from '@convoflow/sandbox';

/** Thread of the REST channel that the demos write into, and the thread of the web chat that they listen to. */
export const THREADS = { rest: 'demo-visitor', web: 'demo-web-visitor' } as const;

/** Two visitors who write first, so that there is something to see. */
export async function visit({ world }: Sandbox): Promise<void> {
	await world.sendAsUser('demo-guest', 'echo Do you have a table for two?', 'rest', 'Nils Berg');
	await world.sendAsUser(THREADS.rest, 'Hello', 'rest', 'Mara Lind');
}
