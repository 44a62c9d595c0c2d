/**
 * 50 deploys of Node-RED's stream node, 50 activations of n8n's Stream Trigger, a message of the bot after each:
 * `npm run stream:leaks -- [times] [node-red|n8n …]`. Ends with 1 when a message came other than once, when sockets
 * are left at the service, or when the process holds on to more resources than before, or to a heap that is a tenth
 * larger.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { workflow } from '../../packages/demo/src/n8n/workflows';
import { PATIENCE_MS, printLasting, WARM_UP, type Lasting } from '../webhook/deploys';
import { readLedger } from '../webhook/events';
import { N8nHost } from '../webhook/n8n-host';
import { moreThan, Probe, type Held } from '../webhook/probe';
import { RedHost } from '../webhook/red-host';

const THREAD = 't-leaks';
/** Longest wait for a socket or a message, in ms. */
const LIMIT_MS = 60_000;

/** A run, and the sockets that the service held after it: with its trigger at work, and without it. */
export interface StreamLasting extends Lasting {
	readonly socketsWhile: number;
	readonly socketsAfter: number;
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
	const late = AbortSignal.timeout(LIMIT_MS);
	while (!(await isTrue())) {
		late.throwIfAborted();
		await sleep(20);
	}
}

/** Waits a while for the sockets to become as many as expected. @returns how many there are */
async function socketsOf(sandbox: Sandbox, expected: number): Promise<number> {
	await until(() => sandbox.sockets() === expected).catch(() => undefined);
	return sandbox.sockets();
}

async function startService(): Promise<Sandbox> {
	const sandbox = await startSandbox({ botDelayMs: 0 });
	sandbox.world.ensureThread(THREAD, 'socket');
	return sandbox;
}

function wrongOnes(counts: Iterable<number>, expected: number): number {
	return expected - [...counts].filter((count) => count === 1).length;
}

/** The stream node with the name of its deploy, and a file that gets number and time of each message. */
function streamFlow(sandbox: Sandbox, userDir: string, name: string): Parameters<RedHost['deploy']>[0] {
	const node = (id: string, type: string, more: object, ...to: string[]) => ({
		id,
		type,
		z: 'tab',
		x: 100,
		y: 100,
		...more,
		wires: [to],
	});
	return [
		{ id: 'tab', type: 'tab', label: 'stream' },
		{
			id: 'socket',
			type: 'flowai-socket',
			baseUrl: sandbox.baseUrls.flowAiSocket,
			credentials: { clientId: sandbox.keys.flowAiClientId },
		},
		node(
			'listens',
			'flowai-stream',
			{ name, flowAiSocketApi: 'socket', threadId: THREAD, events: 'message' },
			'stamp',
		),
		node(
			'stamp',
			'function',
			{ func: 'msg.payload = `${msg.payload.text} ${Date.now()}`; return msg;' },
			'file',
		),
		node('file', 'file', {
			filename: join(userDir, 'ledger.txt'),
			filenameType: 'str',
			appendNewline: true,
			overwriteFile: 'false',
		}),
	];
}

/** Deploys `times` times in turn fully and partly, with a message of the bot after each. */
export async function runStreamDeploys(times: number): Promise<StreamLasting> {
	const probe = await Probe.create();
	const sandbox = await startService();
	const host = await RedHost.start(probe.env);
	const seen = async (): Promise<ReturnType<typeof readLedger>> =>
		readLedger(await host.ledger('ledger.txt'));
	try {
		const deployAndSay = async (from: number, to: number): Promise<void> => {
			for (let number = from; number < to; number += 1) {
				// A changed name is what makes a partial deploy replace the node.
				const flow = streamFlow(sandbox, host.userDir, `deploy ${number}`);
				await host.deploy(flow, number % 2 === 0 ? 'full' : 'nodes');
				await until(() => sandbox.sockets() > 0);
				sandbox.world.sayAsBot(THREAD, String(number));
				await until(async () => (await seen()).has(number));
			}
		};
		await deployAndSay(0, WARM_UP);
		await sleep(6_000);
		const before = await probe.ask();
		await deployAndSay(WARM_UP, WARM_UP + times);
		const after = await probe.askUntilQuiet(before, PATIENCE_MS);
		const socketsWhile = await socketsOf(sandbox, 1);
		await host.deploy([{ id: 'tab', type: 'tab', label: 'stream' }]);
		const socketsAfter = await socketsOf(sandbox, 0);
		const wrong = wrongOnes(
			[...(await seen()).values()].map(({ count }) => count),
			WARM_UP + times,
		);
		return result('Node-RED', times, wrong, before, after, socketsWhile, socketsAfter);
	} finally {
		await host.stop();
		await sandbox.close();
		await probe.close();
	}
}

/** Activates and deactivates a workflow `times` times, with a message of the bot while it is active. */
export async function runStreamActivations(times: number): Promise<StreamLasting> {
	const probe = await Probe.create();
	const sandbox = await startService();
	const host = await N8nHost.start(probe.env);
	try {
		const { api } = host.server;
		const data = { clientId: sandbox.keys.flowAiClientId, baseUrl: sandbox.baseUrls.flowAiSocket };
		const flowAiSocketApi = await api.createCredential('flowAiSocketApi', 'Web channel', data);
		const credentials = { flowAiApi: '', flowXoApi: '', chatlayerApi: '', flowAiSocketApi };
		const sketch = {
			name: 'Web chat, live',
			type: 'n8n-nodes-flowai.flowAiStreamTrigger',
			credential: 'flowAiSocketApi',
			parameters: { threadId: THREAD, events: ['message'] },
		} as const;
		const id = await api.createWorkflow(workflow('Stream run', credentials, [sketch]));
		let socketsWhile = 1;
		const activateAndSay = async (from: number, to: number): Promise<void> => {
			for (let number = from; number < to; number += 1) {
				await api.activate(id);
				socketsWhile = Math.max(socketsWhile, await socketsOf(sandbox, 1));
				// n8n's own ledger is read by this form of a number.
				sandbox.world.sayAsBot(THREAD, `act-${number}`);
				await until(() => host.ledger().runs.has(number));
				await api.deactivate(id);
				await socketsOf(sandbox, 0);
			}
		};
		await activateAndSay(0, WARM_UP);
		await sleep(6_000);
		const before = await probe.ask();
		await activateAndSay(WARM_UP, WARM_UP + times);
		const after = await probe.askUntilQuiet(before, PATIENCE_MS);
		const socketsAfter = await socketsOf(sandbox, 0);
		const wrong = wrongOnes(host.ledger().runs.values(), WARM_UP + times);
		return result('n8n', times, wrong, before, after, socketsWhile, socketsAfter);
	} finally {
		await host.stop();
		await sandbox.close();
		await probe.close();
	}
}

function result(
	name: string,
	times: number,
	wrong: number,
	before: Held,
	after: Held,
	socketsWhile: number,
	socketsAfter: number,
): StreamLasting {
	const more = moreThan(after, before);
	return { name, times, wrong, more, before, after, socketsWhile, socketsAfter };
}

async function main(): Promise<void> {
	const times = Number(process.argv.slice(2).find((one) => /^\d+$/.test(one)) ?? 50);
	const asked = (host: string): boolean =>
		process.argv.includes(host) || !['node-red', 'n8n'].some((one) => process.argv.includes(one));
	const runs = [
		...(asked('node-red') ? [() => runStreamDeploys(times)] : []),
		...(asked('n8n') ? [() => runStreamActivations(times)] : []),
	];
	let isGood = true;
	for (const run of runs) {
		const one = await run();
		const { socketsWhile, socketsAfter } = one;
		isGood = printLasting(one) && socketsWhile === 1 && socketsAfter === 0 && isGood;
		console.log(
			`  sockets at the service: ${socketsWhile} with the trigger at work, ${socketsAfter} without it`,
		);
	}
	console.log(isGood ? 'Nothing is left behind.' : 'NOT as it should be.');
	process.exitCode = isGood ? 0 : 1;
}

if (require.main === module) void main();
