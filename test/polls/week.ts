import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { configNodes, triggerNodes } from '../../packages/node-red/src/model/nodes';
import { registerPollNode } from '../../packages/node-red/src/poll/poll-node';
import { registerCredentialNode } from '../../packages/node-red/src/runtime/credential-node';
import { polledWorkflow } from '../n8n/poll-workflow';
import { VirtualClock } from '../support/virtual-clock';
import { FakeRed } from '../support/fake-red';
import { Ledger, trafficOf, TrafficPlayer, WEEK_STARTS } from './traffic';

/** A stretch of traffic that is polled once a minute, with restarts in between. */
export interface WeekOptions {
	readonly host: 'n8n' | 'Node-RED';
	readonly messages: number;
	readonly hours: number;
	/** Quiet conversations beside those that are active. */
	readonly account: number;
	readonly restarts: number;
}

/** What came of it. */
export interface WeekResult {
	readonly written: number;
	readonly missing: number[];
	readonly repeated: number;
	readonly polls: number;
	readonly requests: number;
	/** Conversations that changed, summed over all polls. */
	readonly changes: number;
	/** Size of the cursor at the end of each day, bytes; the largest. */
	readonly cursorBytes: number;
}

/** One host with the trigger in it. */
interface Host {
	/** A minute has passed. */
	poll(): Promise<void>;
	restart(): Promise<void>;
	/** Size of what is kept, bytes. */
	kept(): number;
	close(): Promise<void>;
}

async function n8nHost(sandbox: Sandbox, ledger: Ledger): Promise<Host> {
	const workflow = await polledWorkflow(sandbox, { events: ['newMessage'], role: 'any' });
	return {
		poll: async () => (await workflow.poll()).forEach(({ text }) => ledger.add(text)),
		restart: () => Promise.resolve(workflow.restart()),
		kept: () => workflow.saved.length,
		close: () => Promise.resolve(),
	};
}

async function nodeRedHost(sandbox: Sandbox, ledger: Ledger, clock: VirtualClock): Promise<Host> {
	const userDir = await mkdtemp(join(tmpdir(), 'convoflow-week-'));
	const fake = new FakeRed(userDir);
	fake.onSend = ({ payload }) => ledger.add((payload as { text: unknown }).text);
	const trigger = triggerNodes.find(({ type }) => type === 'flowxo-events');
	const credential = configNodes.find(({ nodeRedType }) => nodeRedType === 'flowxo-api');
	if (!trigger || !credential) throw new Error('the nodes of Flow XO are missing');
	registerCredentialNode(fake.red, credential);
	registerPollNode(fake.red, trigger, { now: clock.now, random: () => 0, sleep: clock.sleep });
	const [baseUrl, apiKey] = [sandbox.baseUrls.flowXo, sandbox.keys.flowXo];
	const config = { id: 'events', flowXoApi: 'xo', interval: 60, events: 'newMessage', role: 'any' };
	const start = (): Awaited<ReturnType<FakeRed['start']>>[] => [
		fake.start('flowxo-api', { id: 'xo', baseUrl }, { apiKey }),
		fake.start('flowxo-events', config),
	];
	let nodes = start();
	const stop = async (): Promise<void> => {
		await Promise.all(nodes.map(async (node) => await node.close()));
	};
	// The node sleeps again when its check has ended.
	const checked = async (): Promise<void> => {
		while (clock.pending === 0) await setImmediate();
	};
	await clock.advance(0);
	await checked();
	return {
		poll: async () => {
			await clock.advance(0);
			await checked();
			if (fake.errors.length > 0) throw new Error(String(fake.errors[0]));
		},
		restart: async () => {
			// In the middle of a check.
			const checking = nodes[1]?.receive();
			await setImmediate();
			await stop();
			await checking;
			nodes = start();
			await clock.advance(0);
			await checked();
		},
		kept: () => 0,
		close: async () => {
			await stop();
			await rm(userDir, { recursive: true, force: true });
		},
	};
}

/** Requests of Flow XO since the last call; the sandbox keeps the newest only. */
function counterOf(sandbox: Sandbox): () => number {
	let last: string | undefined;
	return () => {
		const records = sandbox.requests();
		const since = records.findLastIndex(({ id }) => id === last);
		last = records.at(-1)?.id ?? last;
		return records.length - 1 - since;
	};
}

/** Plays the traffic minute by minute in a sandbox, and counts what comes out of the host. */
export async function playWeek({
	host,
	messages,
	hours,
	account,
	restarts,
}: WeekOptions): Promise<WeekResult> {
	const clock = new VirtualClock(WEEK_STARTS);
	const realNow = Date.now;
	let nowMs = WEEK_STARTS;
	// The sandbox and n8n's node ask the language for the time.
	Date.now = () => nowMs;
	const sandbox = await startSandbox({ seed: account });
	try {
		const ledger = new Ledger();
		const player = new TrafficPlayer(sandbox, trafficOf(messages, hours), (ms) => (nowMs = ms));
		const count = counterOf(sandbox);
		const trigger = await (host === 'n8n' ? n8nHost(sandbox, ledger) : nodeRedHost(sandbox, ledger, clock));
		if (host === 'n8n') await trigger.poll();
		count();
		const minutes = hours * 60 + 12;
		let [requests, changes, cursorBytes] = [0, 0, 0];
		for (let minute = 1; minute <= minutes; minute += 1) {
			player.playUntil(WEEK_STARTS + minute * 60_000);
			changes += player.changed.size;
			player.changed.clear();
			if (host === 'Node-RED') await clock.advance(60_000);
			await trigger.poll();
			requests += count();
			if (minute % Math.ceil(minutes / (restarts + 1)) === 0) await trigger.restart();
			cursorBytes = Math.max(cursorBytes, trigger.kept());
		}
		if (!player.isOver) throw new Error('the traffic was not played to its end');
		await trigger.close();
		return {
			written: player.written,
			...ledger.against(player.written),
			polls: minutes,
			requests,
			changes,
			cursorBytes,
		};
	} finally {
		Date.now = realNow;
		await sandbox.close();
	}
}
