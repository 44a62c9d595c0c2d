import { join } from 'node:path';
import type { JsonObject } from '@convoflow/client';
import { findOperation, type Operation } from '@convoflow/kit';
import { flowAi } from '@convoflow/nodes';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import type { Browser } from 'playwright-core';
import { startNodeRed, type FlowNode, type NodeRed } from '../node-red/harness';
import { credentialNode, debugNode, injectNode, node, TAB } from '../node-red/harness/flow';
import { formConfig } from '../node-red/harness/form-config';
import { sandboxSettings } from '../node-red/harness/sandbox-settings';
import {
	coreOperations,
	EXPECTED_REQUESTS,
	expectReplies,
	FILE,
	keepRecord,
	namesIn,
	QUESTIONS,
	RECORDS,
	requestsTo,
} from './flowai-core';
import { launchBrowser, NodeRedEditor } from './node-red-editor';
import { sampleOf } from './sample-of';

/** Nodes in one column of the flow. */
const COLUMN = 12;

describe('every operation of Flow.ai in a real Node-RED', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let browser: Browser;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, botDelayMs: 0 });
		[red, browser] = await Promise.all([startNodeRed(), launchBrowser()]);
	});
	afterAll(async () => {
		await browser?.close();
		await red?.stop();
		await sandbox?.close();
	});

	it('does what it says, shown by a Debug node and by the status under each', async () => {
		const idOf = (name: string): string => name.replace('.', '-');
		const settings = sandboxSettings(sandbox);
		const func = `msg.file = Buffer.from(${JSON.stringify(FILE.text)}); msg.filename = ${JSON.stringify(FILE.name)};\nreturn msg;`;
		await red.deploy([
			TAB,
			{ ...injectNode('start', 'file'), x: 100, y: 60 },
			{
				...node('file', 'function', { name: 'a file', func, outputs: 1 }),
				x: 240,
				y: 60,
				wires: [coreOperations.map(({ name }) => idOf(name))],
			},
			...coreOperations.flatMap(({ name, nodeRedType, operation, input }, index) => {
				const place = { x: 420 + Math.floor(index / COLUMN) * 420, y: 60 + (index % COLUMN) * 70 };
				const config = { name, operation: name, sendAs: 'one', ...formConfig(operation, input, 'file') };
				const { credential: type } = operation;
				const chosen = type === undefined ? {} : { [type]: type };
				return [
					{ ...node(idOf(name), nodeRedType, { ...config, ...chosen }, `${idOf(name)}-out`), ...place },
					{ ...debugNode(`${idOf(name)}-out`), name: 'out', x: place.x + 220, y: place.y },
				];
			}),
			{ ...node('failed', 'catch', { scope: null, uncaught: false }, 'failed-out'), x: 100, y: 900 },
			{ ...debugNode('failed-out'), name: 'failed', x: 260, y: 900 },
			...Object.entries(settings)
				.filter(([name]) => name.startsWith('flowAi') && name !== 'flowAiActionApi')
				.map(([name, one]) => credentialNode(name, one)),
		]);
		await red.inject('start');
		const rows: Record<string, unknown> = {};
		for (const core of coreOperations) {
			const shown = red.awaitDebug(`${idOf(core.name)}-out`).catch((missed: unknown) => {
				// What a node refused says more than that nothing came out.
				const refused = red.debug
					.map(({ value }) => JSON.stringify(value))
					.filter((text) => text.includes('"error"'));
				throw new Error(`${String(missed)}: ${refused.join(' ').slice(0, 2_000)}`);
			});
			const [msg] = (await shown) as {
				payload: JsonObject | JsonObject[];
			}[];
			const payload: JsonObject[] = [msg?.payload ?? []].flat();
			rows[core.name] = payload;
			const expected = namesIn((await sampleOf(core))[0]);
			expect([core.name, namesIn(payload[0])]).toEqual([core.name, expected]);
		}
		await keepRecord('node-red', rows);
		expect(requestsTo(sandbox)).toEqual(expect.arrayContaining(EXPECTED_REQUESTS));
		const editor = await NodeRedEditor.open(browser, red.adminUrl);
		await editor.page.setViewportSize({ width: 1900, height: 1100 });
		await editor.page.screenshot({ path: join(RECORDS, 'flowai-operations-node-red.png') });
		expect(editor.problems).toEqual([]);
		await editor.close();
	});

	it('Send and Wait for Reply returns what the bot said once it is quiet, or nothing at the time-out', async () => {
		sandbox.world.ensureThread(QUESTIONS.never.threadId);
		const settings = sandboxSettings(sandbox);
		const use = (name: 'flowAiApi' | 'flowAiSocketApi'): FlowNode => {
			const one = settings[name];
			if (!one) throw new Error(`no settings for ${name}`);
			return credentialNode(name, one);
		};
		const ask = (name: keyof typeof QUESTIONS): FlowNode[] => {
			const operation = operationOf('socket', 'sendAndWait');
			const form = formConfig(operation, QUESTIONS[name], 'file');
			const config = {
				operation: 'socket.sendAndWait',
				sendAs: 'one',
				flowAiSocketApi: 'flowAiSocketApi',
				...form,
			};
			return [node(name, 'flowai-stream-send', config, `${name}-out`), debugNode(`${name}-out`)];
		};
		const paused = formConfig(operationOf('bot', 'pause'), { threadId: QUESTIONS.never.threadId }, 'file');
		await red.deploy([
			TAB,
			injectNode('ask', 'once', 'five', 'pause'),
			node(
				'pause',
				'flowai-bot',
				{ operation: 'bot.pause', sendAs: 'one', flowAiApi: 'flowAiApi', ...paused },
				'never',
			),
			...ask('once'),
			...ask('five'),
			...ask('never'),
			use('flowAiApi'),
			use('flowAiSocketApi'),
		]);
		await red.inject('ask');
		const row = async (name: string): Promise<JsonObject> => {
			const [msg] = (await red.awaitDebug(`${name}-out`)) as { payload: JsonObject }[];
			return msg?.payload ?? {};
		};
		expectReplies({ once: await row('once'), five: await row('five'), never: await row('never') });
	});
});

function operationOf(resource: string, name: string): Operation {
	const operation = findOperation(flowAi, resource, name);
	if (!operation) throw new Error(`there is no ${resource}.${name}`);
	return operation;
}
