/**
 * 50 full and 50 partial deploys of Node-RED's webhook, 50 times activate and deactivate in n8n, an event after
 * each: `npm run webhook:deploys -- [times] [node-red|n8n …]`. Ends with 1 when an event gave anything but one
 * message, or when the process holds on to more resources than before, or to a heap that is a tenth larger.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readLedger } from './events';
import { N8nHost } from './n8n-host';
import { moreThan, Probe, type Held } from './probe';
import { RedHost, slowFlow } from './red-host';
import { Sender } from './sender';

/** Deploys before the first measurement: compiled code and caches. */
export const WARM_UP = 10;
export const PATIENCE_MS = 30_000;
const HEAP_GROWTH = 1.1;

/** What came of a run. */
export interface Lasting {
	readonly name: string;
	readonly times: number;
	/** Events that gave no message, or more than one. */
	readonly wrong: number;
	readonly more: readonly string[];
	readonly before: Held;
	readonly after: Held;
}

/** Deploys `times` times in turn fully and partly, with an event after each. */
export async function runDeploys(times: number, durable: boolean): Promise<Lasting> {
	const probe = await Probe.create();
	const host = await RedHost.start(probe.env);
	try {
		const deployAndSend = async (from: number, to: number): Promise<void> => {
			const sender = new Sender(2, () => [`${host.url}/flowai/webhook/run`]);
			for (let number = from; number < to; number += 1) {
				// A changed name is what makes a partial deploy replace the node.
				const flow = slowFlow(host.userDir, { durable, name: `deploy ${number}` });
				const quick = flow.map((node) =>
					node.id === 'delay'
						? { ...node, pauseType: 'delay', timeout: '1', timeoutUnits: 'milliseconds' }
						: node,
				);
				await host.deploy(quick, number % 2 === 0 ? 'full' : 'nodes');
				await sender.deliver(number, 'none');
				while (!readLedger(await host.ledger('ledger.txt')).has(number)) await sleep(5);
			}
			sender.close();
		};
		await deployAndSend(0, WARM_UP);
		await sleep(6_000);
		const before = await probe.ask();
		await deployAndSend(WARM_UP, WARM_UP + times);
		const after = await probe.askUntilQuiet(before, PATIENCE_MS);
		const runs = [...readLedger(await host.ledger('ledger.txt')).values()];
		const wrong = WARM_UP + times - runs.filter(({ count }) => count === 1).length;
		const name = `Node-RED, Durable ${durable ? 'on' : 'off'}`;
		return { name, times, wrong, more: moreThan(after, before), before, after };
	} finally {
		await host.stop();
		await probe.close();
	}
}

/** Activates and deactivates a workflow `times` times, with an event while it is active. */
export async function runActivations(times: number): Promise<Lasting> {
	const probe = await Probe.create();
	const host = await N8nHost.start(probe.env);
	try {
		const { api, url } = host.server;
		const { id, path } = await host.createWorkflow(0);
		const activateAndSend = async (from: number, to: number): Promise<void> => {
			const sender = new Sender(2, () => [url + path]);
			for (let number = from; number < to; number += 1) {
				await api.activate(id);
				await sender.deliver(number, 'none');
				await api.deactivate(id);
			}
			sender.close();
		};
		await activateAndSend(0, WARM_UP);
		await sleep(6_000);
		const before = await probe.ask();
		await activateAndSend(WARM_UP, WARM_UP + times);
		const after = await probe.askUntilQuiet(before, PATIENCE_MS);
		await host.server.stop();
		const runs = [...host.ledger().runs.values()];
		const wrong = WARM_UP + times - runs.filter((count) => count === 1).length;
		return { name: 'n8n', times, wrong, more: moreThan(after, before), before, after };
	} finally {
		await host.stop();
		await probe.close();
	}
}

/** Prints a run. @returns whether it is as it should be */
export function printLasting({ name, times, wrong, more, before, after }: Lasting): boolean {
	const megabytes = ({ heap }: Held): string => (heap / 1024 ** 2).toFixed(1);
	console.log(`${name}: ${times} times, ${wrong} events with anything but one message`);
	console.log(`  held before: ${JSON.stringify(before.resources)}, heap ${megabytes(before)} MB`);
	console.log(`  held after:  ${JSON.stringify(after.resources)}, heap ${megabytes(after)} MB`);
	if (more.length > 0) console.log(`  more than before: ${more.join(', ')}`);
	return wrong === 0 && more.length === 0 && after.heap < before.heap * HEAP_GROWTH;
}

async function main(): Promise<void> {
	const times = Number(process.argv.slice(2).find((one) => /^\d+$/.test(one)) ?? 50);
	const asked = (host: string): boolean =>
		process.argv.includes(host) || !['node-red', 'n8n'].some((one) => process.argv.includes(one));
	const runs = [
		...(asked('node-red') ? [() => runDeploys(2 * times, false), () => runDeploys(2 * times, true)] : []),
		...(asked('n8n') ? [() => runActivations(times)] : []),
	];
	let isGood = true;
	for (const run of runs) isGood = printLasting(await run()) && isGood;
	console.log(isGood ? 'Nothing is left behind.' : 'NOT as it should be.');
	process.exitCode = isGood ? 0 : 1;
}

if (require.main === module) void main();
