import type { Sandbox } from '@convoflow/sandbox';

/** Tracks an event of the sandbox's bot over its API, as an app does. */
export async function trackInSandbox(
	{ keys, baseUrls }: Sandbox,
	id: string,
	event = 'order_placed',
): Promise<void> {
	const pair = `${keys.chatlayerTokenId}:${keys.chatlayerTokenSecret}`;
	const response = await fetch(`${baseUrls.chatlayer}/v1/bots/k3v9x2ab/events/track`, {
		method: 'POST',
		headers: {
			authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
			'content-type': 'application/json',
		},
		body: JSON.stringify({ id, version: 'LIVE', event, attributes: { total: '7' } }),
	});
	if (response.status !== 200) throw new Error(`the event ${id} was not tracked: ${response.status}`);
}
