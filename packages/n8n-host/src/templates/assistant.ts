import type { INodeParameters } from 'n8n-workflow';
import { Canvas, type NodeSketch, type Template } from './canvas';
import { failures, flowAi, onlyIf, thread } from './steps';

const PACKAGE = 'n8n-nodes-flowai';

const WRITES = 'User writes';
const AGENT = 'Assistant';
const THREAD = `={{ $('${WRITES}').first().json.threadId }}`;

const INSTRUCTIONS =
	'=You are a support agent. A human was asked for, and you answer until one is there. ' +
	'First read the last messages. Then send one answer of one or two sentences with the tool that sends a text; ' +
	'nothing else reaches the user. Say only what you know from the conversation. ' +
	'When the user wants the bot back, let the bot answer again instead. Today is {{ $now.toISODate() }}.';

/** A field that the model fills in, as the editor writes it. */
const fromModel = (name: string, what: string): string =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${name}', \`${what}\`, 'string') }}`;

/** A tool of the agent: an operation on the thread of the one who wrote, whatever the model says. */
function tool(resource: string, operation: string, parameters: INodeParameters = {}): NodeSketch {
	const sketch = flowAi(resource, operation, { threadId: thread(THREAD), ...parameters });
	return {
		...sketch,
		type: 'n8n-nodes-flowai.flowAiTool',
		parameters: { descriptionType: 'auto', ...sketch.parameters },
	};
}

/** An agent answers in the threads in which a human was asked for. */
export function assistant(): Template {
	const canvas = new Canvas(
		PACKAGE,
		'assistant-answers-handed-over-threads',
		'Automation: assistant answers handed-over threads',
	)
		.explain(
			'## A language model answers while the bot is paused\nWhen a user of your web chat writes while the bot is paused, an AI agent reads the last messages and answers as a colleague, or gives the thread back to the bot. It can write into the thread of this user only. What it knows it reads from Flow.ai, so it can run on any worker.',
		)
		.fillIn(
			0,
			0,
			1,
			'**1.** Publish the workflow, copy the production URL into the REST API integration of your Flow.ai project.',
		)
		.fillIn(1, 0, 1, '**2.** Choose your Flow.ai API credential, here and in the three tools.')
		.fillIn(
			3,
			0,
			2,
			'**3.** Tell the assistant about your company. Choose a credential for the model; any other chat model can take its place.',
		)
		.node(
			0,
			0,
			WRITES,
			{
				type: 'n8n-nodes-flowai.flowAiTrigger',
				parameters: { events: ['inbound'], additionalFields: { from: 'user' } },
			},
			['Is the bot paused?'],
		)
		.node(1, 0, 'Is the bot paused?', flowAi('bot', 'getStatus', { threadId: thread(THREAD) }), [
			'Only while it is',
		])
		.node(2, 0, 'Only while it is', onlyIf('={{ $json.isPaused }}'), [AGENT])
		.node(3, 0, AGENT, {
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 2.2,
			parameters: {
				promptType: 'define',
				text: `={{ $('${WRITES}').first().json.text }}`,
				options: { systemMessage: INSTRUCTIONS, maxIterations: 6 },
			},
		})
		.below(
			2,
			2,
			'Model',
			{
				type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
				typeVersion: 1.2,
				parameters: { model: { __rl: true, mode: 'id', value: 'gpt-4o-mini' }, options: {} },
			},
			'ai_languageModel',
			AGENT,
		)
		.below(
			3,
			2,
			'Read the last messages',
			tool('message', 'getMany', { limit: 20, additionalFields: { order: 'newest' } }),
			'ai_tool',
			AGENT,
		)
		.below(
			4,
			2,
			'Answer the user',
			tool('message', 'sendText', {
				longText: 'split',
				text: fromModel('Text', 'The answer to the user'),
				originatorName: 'Assistant',
				originatorRole: 'moderator',
			}),
			'ai_tool',
			AGENT,
		)
		.below(5, 2, 'The bot again', tool('bot', 'resume'), 'ai_tool', AGENT);
	return failures(canvas, 4).template();
}
