/**
 * Cuts the connections of a stream again and again while a bot speaks, and counts what arrives by the numbers
 * inside the messages: `npm run soak:stream`. `--quick` is short; `--real` cuts 30 times in each way in real time
 * instead, all ways side by side, which takes about 20 minutes.
 */
import { CUTS, soak, type SoakPlan } from './soak';

const KINDS = Object.keys(CUTS);
const isQuick = process.argv.includes('--quick');
const many = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => KINDS[index % KINDS.length] ?? '');
const endless = { socketHistory: 1_000_000 };

const fast = {
	cuts: many(isQuick ? 50 : 1_000),
	messages: isQuick ? 1_000 : 20_000,
	speed: 100,
	everyMs: 12,
	threads: 4,
};
const real = KINDS.map((kind): SoakPlan => ({
	name: `30 cuts in real time: ${kind}`,
	cuts: Array<string>(30).fill(kind),
	messages: 1_200,
	speed: 1,
	everyMs: 1_000,
	threads: 1,
	sandbox: endless,
}));

const fastPlans: readonly SoakPlan[] = [
	{ ...fast, name: 'with ids', sandbox: endless },
	{ ...fast, name: 'without ids', sandbox: { ...endless, messageIds: false } },
	{ ...fast, name: 'a bot that repeats itself, with ids', phrases: 3, sandbox: endless },
	{
		...fast,
		name: 'a bot that repeats itself, without ids',
		phrases: 3,
		sandbox: { ...endless, messageIds: false },
	},
	{ ...fast, name: 'a history of the newest 20', threads: 1, sandbox: { socketHistory: 20 } },
];

/** Prints a run. @returns whether it is as it should be */
async function run(plan: SoakPlan): Promise<boolean> {
	const result = await soak(plan);
	console.log(JSON.stringify(result));
	const hasIds = plan.sandbox?.messageIds !== false;
	return result.lost === 0 && (!hasIds || (result.repeated === 0 && result.disordered === 0));
}

async function main(): Promise<void> {
	const good: boolean[] = [];
	if (process.argv.includes('--real')) good.push(...(await Promise.all(real.map(run))));
	else for (const plan of fastPlans) good.push(await run(plan));
	process.exitCode = good.every(Boolean) ? 0 : 1;
}

void main();
