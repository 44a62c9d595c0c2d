import { workflow, type NodeSketch } from '../../packages/demo/src/n8n/workflows';
import { LIMIT_MS, until, type Suite } from './n8n-suite';

const TRIGGER = 'Web chat, live';
const THREAD = 'e2e-stream';

/** The Stream Trigger in a test and while active. */
export function streamTests(suite: () => Suite): void {
	const create = async (parameters: NodeSketch['parameters'] = {}): Promise<string> => {
		const sketch: NodeSketch = {
			name: TRIGGER,
			type: 'n8n-nodes-flowai.flowAiStreamTrigger',
			credential: 'flowAiSocketApi',
			parameters: { threadId: THREAD, events: ['message'], ...parameters },
		};
		return await suite().server.api.createWorkflow(
			workflow('Stream under test', suite().credentials, [sketch]),
		);
	};
	const sockets = (count: number): Promise<void> => until(suite(), () => suite().sandbox.sockets() === count);

	it('shows the first event of a test and closes its socket', async () => {
		const { api } = suite().server;
		const id = await create();
		const run = await api.runManually(id, TRIGGER);
		await sockets(1);
		await suite().sandbox.world.sendAsUser(THREAD, 'My number is 7101');
		const execution = await api.executionWhere(
			id,
			({ status }) => status === 'success',
			AbortSignal.timeout(LIMIT_MS),
		);
		expect(run).toEqual({ executionId: execution.id });
		expect(execution.items(TRIGGER)[0]?.json).toMatchObject({
			event: 'message',
			threadId: THREAD,
			text: expect.stringContaining('7101') as string,
		});
		await sockets(0);
	});

	it('closes its socket when a test is stopped before anything came', async () => {
		const { api } = suite().server;
		const id = await create();
		const run = await api.runManually(id, TRIGGER);
		await sockets(1);
		await api.stopListening(id, run);
		await sockets(0);
	});

	it('cannot be activated with a client ID that Flow.ai does not know, and says so', async () => {
		const { server, sandbox } = suite();
		const data = { clientId: 'nobody-has-this-client', baseUrl: sandbox.baseUrls.flowAiSocket };
		const wrong = await server.api.createCredential('flowAiSocketApi', 'Wrong', data);
		const sketch: NodeSketch = {
			name: TRIGGER,
			type: 'n8n-nodes-flowai.flowAiStreamTrigger',
			credential: 'flowAiSocketApi',
			parameters: { threadId: THREAD },
		};
		const credentials = { ...suite().credentials, flowAiSocketApi: wrong };
		const id = await server.api.createWorkflow(workflow('Wrong stream', credentials, [sketch]));
		await expect(server.api.activate(id)).rejects.toThrow(/Unknown client/);
		expect(sandbox.sockets()).toBe(0);
	});

	it('cannot be activated without a thread', async () => {
		const id = await create({ threadId: '' });
		await expect(suite().server.api.activate(id)).rejects.toThrow(/threadId/);
	});
}
