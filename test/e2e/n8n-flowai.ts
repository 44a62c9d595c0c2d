import type { JsonObject } from '@convoflow/client';
import {
	button,
	flowAi,
	NODES,
	thread,
	workflow,
	type NodeSketch,
} from '../../packages/demo/src/n8n/workflows';
import { expectReplies, QUESTIONS } from './flowai-core';
import { LIMIT_MS, runNodes, type Suite } from './n8n-suite';

/** Waiting for a reply, and n8n's own HTTP Request node with our credentials. */
export function flowAiTests(suite: () => Suite): void {
	it('Send and Wait for Reply returns what the bot said once it is quiet, or nothing at the time-out', async () => {
		const { server, sandbox, credentials } = suite();
		sandbox.world.ensureThread(QUESTIONS.never.threadId);
		const sketch = (name: keyof typeof QUESTIONS): NodeSketch => ({
			name,
			type: 'n8n-nodes-flowai.flowAi',
			parameters: { resource: 'socket', operation: 'sendAndWait', ...QUESTIONS[name] },
			credential: 'flowAiSocketApi',
		});
		const pause = flowAi('pause', 'bot', 'pause', { threadId: thread(QUESTIONS.never.threadId) });
		const asked = workflow(
			'Ask',
			credentials,
			[button, pause, sketch('never')],
			[sketch('once')],
			[sketch('five')],
		);
		const first = ['pause', 'once', 'five'].map((node) => ({ node, type: 'main' as const, index: 0 }));
		const id = await server.api.createWorkflow({
			...asked,
			connections: { ...asked.connections, [NODES.button]: { main: [first] } },
		});
		const execution = await server.api.runToEnd(id, NODES.button, AbortSignal.timeout(3 * LIMIT_MS));
		expect(execution.error).toBeUndefined();
		const row = (name: string): JsonObject => execution.items(name)[0]?.json as JsonObject;
		expectReplies({ once: row('once'), five: row('five'), never: row('never') });
	});

	describe('the HTTP Request node with our credential', () => {
		const request = (credential: NodeSketch['credential'], url: string): NodeSketch => ({
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: credential,
				options: {},
			},
			...(credential ? { credential } : {}),
		});

		it('calls what has no node, signed with the key', async () => {
			const { sandbox } = suite();
			const url = `${sandbox.baseUrls.flowAi}/rest/v1/businesshours?sync=true`;
			const execution = await runNodes(suite(), request('flowAiApi', url));
			expect(execution.error).toBeUndefined();
			expect(execution.items('HTTP Request')[0]?.json).toMatchObject({
				status: 'ok',
				businessHours: expect.any(Array) as unknown[],
			});
			const endpoint = `${sandbox.baseUrls.flowAiSocket}/socket.info?sessionId=by-hand`;
			const socket = await runNodes(suite(), request('flowAiSocketApi', endpoint));
			expect(socket.items('HTTP Request')[0]?.json).toMatchObject({ status: 'ok' });
		});

		it('is offered for every credential that reaches a service', async () => {
			const { api, url } = suite().server;
			const headers = { cookie: api.loginCookie };
			const types = (await (await fetch(`${url}/types/credentials.json`, { headers })).json()) as Array<{
				name: string;
				authenticate?: unknown;
			}>;
			const ours = types.filter(({ name }) => /^(flowAi|flowXo|chatlayer)/.test(name));
			const signing = ours.filter(({ authenticate }) => authenticate !== undefined).map(({ name }) => name);
			expect(signing.sort()).toEqual([
				'chatlayerApi',
				'chatlayerCoreApi',
				'flowAiActionApi',
				'flowAiApi',
				'flowAiManagementApi',
				'flowAiSocketApi',
				'flowXoApi',
				'flowXoFlowApi',
			]);
		});

		it('keeps a wrong key out of its error', async () => {
			const { server, sandbox, credentials } = suite();
			const wrong = await server.api.createCredential('flowAiApi', 'Wrong key', {
				apiKey: 'not-the-key-4711',
				scheme: 'bearer',
				baseUrl: sandbox.baseUrls.flowAi,
			});
			const url = `${sandbox.baseUrls.flowAi}/rest/v1/businesshours?sync=true`;
			const sketch = request('flowAiApi', url);
			const id = await server.api.createWorkflow(
				workflow('Wrong key', { ...credentials, flowAiApi: wrong }, [button, sketch]),
			);
			const { error } = await server.api.runToEnd(id, NODES.button, AbortSignal.timeout(LIMIT_MS));
			expect(error).toMatchObject({ httpCode: '401' });
			expect(JSON.stringify(error)).not.toContain('4711');
		});
	});
}
