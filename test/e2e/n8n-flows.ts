import {
	button,
	flowAi,
	setFields,
	thread,
	workflow,
	type NodeSketch,
} from '../../packages/demo/src/n8n/workflows';
import { LIMIT_MS, until, type Suite } from './n8n-suite';

const splitOut = (field: string, name: string): NodeSketch => ({
	name: 'One each',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: field, options: { destinationFieldName: name } },
});

/** Our nodes inside what n8n offers to build with: sub-workflows, waits, and the Stop button. */
export function flowTests(suite: () => Suite): void {
	it('runs in a sub-workflow, with the items of the workflow that calls it', async () => {
		const { server, credentials } = suite();
		const called: NodeSketch = {
			name: 'When called',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			parameters: { inputSource: 'passthrough' },
		};
		const send = flowAi('Send', 'message', 'sendText', {
			threadId: thread('e2e-sub'),
			text: '={{ $json.text }}',
		});
		const below = await server.api.createWorkflow(workflow('Called', credentials, [called, send]));
		await server.api.activate(below);
		const call: NodeSketch = {
			name: 'Call it',
			type: 'n8n-nodes-base.executeWorkflow',
			typeVersion: 1.2,
			parameters: { workflowId: { __rl: true, mode: 'id', value: below }, options: {} },
		};
		const id = await server.api.createWorkflow(
			workflow('Calls', credentials, [
				button,
				setFields('Texts', { texts: ['sub 41', 'sub 42'] }),
				splitOut('texts', 'text'),
				call,
			]),
		);
		const execution = await server.api.runToEnd(id, button.name, AbortSignal.timeout(LIMIT_MS));
		expect(execution.error).toBeUndefined();
		expect(execution.items('Call it').map(({ json }) => json['status'])).toEqual(['ok', 'ok']);
		const said = JSON.stringify(suite().sandbox.world.messages('e2e-sub'));
		expect([said.includes('sub 41'), said.includes('sub 42')]).toEqual([true, true]);
	});

	it('goes on after a wait with what was read before it', async () => {
		const { server, credentials, sandbox } = suite();
		const wait: NodeSketch = {
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { resume: 'webhook', options: {} },
			webhookId: 'e2e-wait',
		};
		const id = await server.api.createWorkflow(
			workflow('Waits', credentials, [
				button,
				flowAi('Read', 'message', 'getMany', { threadId: thread('t-100'), limit: 1 }),
				{
					...setFields('Where to go on', {}),
					parameters: {
						mode: 'raw',
						jsonOutput: '={{ { url: $execution.resumeUrl } }}',
						options: {},
					},
				},
				wait,
				flowAi('Send', 'message', 'sendText', {
					threadId: thread('e2e-wait'),
					text: '={{ "Read before: " + $("Read").item.json.threadId }}',
				}),
			]),
		);
		const run = await server.api.runManually(id, button.name);
		if (!('executionId' in run)) throw new Error('It waits for a webhook');
		const waiting = await server.api.until(async () => {
			const execution = await server.api.execution(run.executionId);
			return execution.status === 'waiting' ? execution : undefined;
		}, AbortSignal.timeout(LIMIT_MS));
		const resumed = await fetch(String(waiting.items('Where to go on')[0]?.json['url']));
		expect(resumed.status).toBe(200);
		await until(suite(), () => sandbox.world.thread('e2e-wait') !== undefined);
		expect(JSON.stringify(sandbox.world.messages('e2e-wait'))).toContain('Read before: t-100');
	});

	it('stops sending at once when the user presses Stop', async () => {
		const { server, credentials, sandbox } = suite();
		const count = 2_000;
		const numbers = Array.from({ length: count }, (_, number) => number);
		const id = await server.api.createWorkflow(
			workflow('Sends a lot', credentials, [
				button,
				setFields('Numbers', { numbers }),
				splitOut('numbers', 'number'),
				flowAi('Send', 'message', 'sendText', {
					threadId: thread('={{ "e2e-stop-" + $json.number % 20 }}'),
					text: '={{ "stop " + $json.number }}',
					options: { requestsPerSecond: 50 },
				}),
			]),
		);
		const arrived = (): number => sandbox.requests().filter(({ path }) => path.includes('/e2e-stop-')).length;
		const run = await server.api.runManually(id, button.name);
		if (!('executionId' in run)) throw new Error('It waits for a webhook');
		await server.api.until(
			() => Promise.resolve(arrived() >= 30 || undefined),
			AbortSignal.timeout(3 * LIMIT_MS),
		);
		await server.api.stop(run.executionId);
		const execution = await server.api.until(async () => {
			const one = await server.api.execution(run.executionId);
			return one.isOver ? one : undefined;
		}, AbortSignal.timeout(LIMIT_MS));
		expect(execution.status).toBe('canceled');
		// What was on its way arrives; then nothing more does, while the pace would have let 100 through.
		const soon = arrived();
		await server.api.until(laterThan(2_000), AbortSignal.timeout(LIMIT_MS));
		expect(arrived()).toBe(soon);
		expect(soon).toBeLessThan(count / 4);
	});
}

/** Resolves once a time has passed, in ms. */
function laterThan(ms: number): () => Promise<true | undefined> {
	const end = Date.now() + ms;
	return () => Promise.resolve(Date.now() >= end || undefined);
}
