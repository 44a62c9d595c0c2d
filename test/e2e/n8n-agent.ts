import { startModel, type Model, type Pick } from './openai-model';
import { button, thread } from '../../packages/demo/src/n8n/workflows';
import type { WorkflowNode } from '../../packages/demo/src/n8n/api';
import type { Execution } from '../../packages/demo/src/n8n/execution';
import { LIMIT_MS, type Suite } from './n8n-suite';

const AGENT = '@n8n/n8n-nodes-langchain.agent';

/** A parameter that the model fills in, as the editor writes it when one presses its button. */
const fromModel = (name: string, type = 'string'): string =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${name}', \`\`, '${type}') }}`;

/** The Flow.ai node as a tool of the real AI Agent node, with a model that can only choose from what it was sent. */
export function agentTests(suite: () => Suite): void {
	let model: Model;
	beforeAll(async () => {
		model = await startModel();
	});
	afterAll(async () => await model?.close());

	/** Asks an agent that has one tool. */
	async function ask(question: string, tool: Pick, parameters: object): Promise<Execution> {
		const { server, credentials } = suite();
		model.picks(tool);
		const openAi = await server.api.createCredential('openAiApi', 'Model of the tests', {
			apiKey: 'not-a-key',
			url: model.url,
		});
		const node = (name: string, type: string, more: Partial<WorkflowNode>): WorkflowNode => ({
			id: name,
			name,
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			...more,
		});
		const id = await server.api.createWorkflow({
			name: `Agent: ${question}`,
			nodes: [
				node(button.name, button.type, {}),
				node('Agent', AGENT, {
					typeVersion: 2,
					parameters: { promptType: 'define', text: question, options: {} },
				}),
				node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', {
					typeVersion: 1.2,
					parameters: { model: { __rl: true, mode: 'id', value: 'gpt-4o-mini' }, options: {} },
					credentials: { openAiApi: { id: openAi, name: 'Model of the tests' } },
				}),
				node('Flow.ai', 'n8n-nodes-flowai.flowAiTool', {
					parameters: { descriptionType: 'auto', ...parameters },
					credentials: { flowAiApi: { id: credentials.flowAiApi, name: 'Flow.ai (sandbox)' } },
				}),
			],
			connections: {
				[button.name]: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Model: { main: [], ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
				'Flow.ai': { main: [], ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		});
		return await server.api.runToEnd(id, button.name, AbortSignal.timeout(3 * LIMIT_MS));
	}

	it('sends what the model says, into the thread that it names', async () => {
		const execution = await ask(
			'Tell the visitor that table six is free',
			{
				description: /send text message in Flow\.ai/i,
				arguments: { Thread: 'e2e-agent', Text: 'Table six is free, 7301' },
			},
			{
				resource: 'message',
				operation: 'sendText',
				threadId: thread(fromModel('Thread')),
				text: fromModel('Text'),
			},
		);
		expect(execution.error).toBeUndefined();
		expect(JSON.stringify(suite().sandbox.world.messages('e2e-agent'))).toContain('Table six is free, 7301');
		expect(execution.items('Agent')[0]?.json['output']).toContain('"status":"ok"');
	});

	const reading = {
		resource: 'message',
		operation: 'getMany',
		threadId: thread(fromModel('Thread')),
		limit: 2,
	};
	const pick: Pick = { description: /get many messages in Flow\.ai/i, arguments: { Thread: 't-100' } };

	it('gets simplified rows, the fields that were chosen, or all that the service says', async () => {
		const outputOf = async (more: object): Promise<string> => {
			const execution = await ask('What was said?', pick, { ...reading, ...more });
			expect(execution.error).toBeUndefined();
			return String(execution.items('Agent')[0]?.json['output']);
		};
		const rowsIn = (text: string): Record<string, unknown>[] =>
			JSON.parse(text.slice(text.indexOf('['))) as Record<string, unknown>[];
		const simplified = rowsIn(await outputOf({}));
		expect(simplified).toHaveLength(2);
		expect(simplified[0]).toMatchObject({ threadId: 't-100', text: expect.any(String) as string });
		const chosen = rowsIn(await outputOf({ toolOutput: 'selected', toolFields: ['text', 'role'] }));
		expect(Object.keys(chosen[0] ?? {}).sort()).toEqual(['role', 'text']);
		const raw = rowsIn(await outputOf({ toolOutput: 'raw' }));
		expect(Object.keys(raw[0] ?? {})).not.toEqual(Object.keys(simplified[0] ?? {}));
	});

	it('tells the model what was wrong, so that it can mend it', async () => {
		const execution = await ask(
			'Write something far too long',
			{
				description: /send text message/i,
				arguments: { Thread: 'e2e-agent-refused', Text: 'x'.repeat(256) },
			},
			{
				resource: 'message',
				operation: 'sendText',
				threadId: thread(fromModel('Thread')),
				text: fromModel('Text'),
			},
		);
		const said = JSON.stringify([execution.error, execution.items('Agent'), model.heard()]);
		expect(said).toContain('Text has 256 characters; at most 255');
		expect(suite().sandbox.world.thread('e2e-agent-refused')).toBeUndefined();
	});
}
