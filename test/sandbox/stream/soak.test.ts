import { CUTS, soak, type SoakPlan } from './soak';

// The short form of `npm run soak:stream`: every kind of cut, with the client's time running fast.
const kinds = Object.keys(CUTS);
const PLAN: SoakPlan = {
	name: 'short',
	cuts: [...kinds, ...kinds],
	messages: 400,
	speed: 40,
	everyMs: 5,
	threads: 2,
	sandbox: { socketHistory: 100_000 },
};

it('with ids nothing is lost, repeated or out of order over cuts of every kind', async () => {
	expect(await soak(PLAN)).toMatchObject({ received: 400, lost: 0, repeated: 0, disordered: 0, gaps: 0 });
}, 60_000);

it('without ids nothing is lost', async () => {
	expect(await soak({ ...PLAN, sandbox: { ...PLAN.sandbox, messageIds: false } })).toMatchObject({ lost: 0 });
}, 60_000);

it('WS-28 with a history of 20 entries every loss lies in an announced gap', async () => {
	const result = await soak({ ...PLAN, threads: 1, sandbox: { socketHistory: 20 } });
	expect(result).toMatchObject({ lost: 0, repeated: 0, disordered: 0 });
}, 60_000);
