/**
 * Cuts the connections of a stream again and again while a bot speaks, and counts what arrives by the numbers
 * inside the messages. `--quick` is short, `--real` adds 30 cuts of each kind in real time.
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

const plans: readonly SoakPlan[] = [
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
	...(process.argv.includes('--real') ? real : []),
];

async function main(): Promise<void> {
	let isGood = true;
	for (const plan of plans) {
		const result = await soak(plan);
		console.log(JSON.stringify(result));
		const hasIds = plan.sandbox?.messageIds !== false;
		if (result.lost > 0 || (hasIds && (result.repeated > 0 || result.disordered > 0))) isGood = false;
	}
	process.exitCode = isGood ? 0 : 1;
}

void main();
