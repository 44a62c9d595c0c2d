import { runStreamDeploys } from '../stream/leaks';

// The short form of `npm run stream:leaks`.
it('deployed again and again the stream gives each message once and leaves nothing behind', async () => {
	const { wrong, more, socketsWhile, socketsAfter } = await runStreamDeploys(6);
	expect({ wrong, more, socketsWhile, socketsAfter }).toEqual({
		wrong: 0,
		more: [],
		socketsWhile: 1,
		socketsAfter: 0,
	});
}, 240_000);
