import { runStreamActivations } from '../stream/leaks';

// The short form of `npm run stream:leaks` for n8n.
it('activated again and again the Stream Trigger runs once a message and leaves nothing behind', async () => {
	const { wrong, more, socketsWhile, socketsAfter } = await runStreamActivations(3);
	expect({ wrong, more, socketsWhile, socketsAfter }).toEqual({
		wrong: 0,
		more: [],
		socketsWhile: 1,
		socketsAfter: 0,
	});
}, 300_000);
