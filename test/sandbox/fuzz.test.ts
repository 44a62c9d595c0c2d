import { fuzzFrames, fuzzRequest, randomOf } from './bench/fuzz';
import { closeAll, start } from './helpers';

afterEach(closeAll);

it('answers whatever comes, and serves on', async () => {
	const sandbox = await start();
	const door = {
		...sandbox,
		url: sandbox.url,
		keys: { ...sandbox.keys },
		baseUrls: { ...sandbox.baseUrls },
		memory: () => Promise.resolve(0),
		pid: process.pid,
		stop: () => undefined,
	};
	const any = randomOf(7);
	const problems: Array<string | undefined> = [];
	for (let n = 0; n < 2_000; n += 1) problems.push(await fuzzRequest(door, any));
	expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
	await fuzzFrames(door, any, 2_000);
	expect(sandbox.world.messages('fuzz-end').length).toBeGreaterThan(0);
});
