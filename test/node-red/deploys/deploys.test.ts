import { isClean, runPartialDeploys } from './run';

it('NODE-23 20 partial deploys of every node leave nothing behind, and an event gives one message', async () => {
	const run = await runPartialDeploys(20);
	expect({ ...run, isClean: isClean(run) }).toMatchObject({
		isClean: true,
		more: [],
		messages: [1, 1],
		complaints: [],
	});
}, 180_000);
