import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A tool as a model of OpenAI is offered it. */
interface OfferedTool {
	readonly type: string;
	readonly function: {
		readonly name: string;
		readonly description?: string;
		readonly parameters?: {
			readonly type?: string;
			readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
			readonly required?: readonly string[];
		};
	};
}

interface Message {
	readonly role: string;
	readonly content?: unknown;
}

interface ChatRequest {
	readonly stream?: boolean;
	readonly messages: readonly Message[];
	readonly tools?: readonly OfferedTool[];
}

/** What the model wants to do, if it is offered a tool for it. */
export interface Pick {
	/** What the tool must say of itself. */
	readonly description: RegExp;
	readonly arguments: Readonly<Record<string, string>>;
}

/**
 * A model behind the interface of OpenAI. It knows no tool by itself: it looks for one among those that it is sent,
 * by the description, and fills in what the schema asks for. Where none fits it says so, and nothing is called.
 */
export interface Model {
	readonly url: string;
	/** What it wants to do, one after the other. */
	picks(...picks: readonly Pick[]): void;
	/** What the model was told, as text. */
	heard(): string;
	close(): Promise<void>;
}

/** Why a tool cannot be called with these arguments; undefined when it can. */
function misfit({ function: { parameters } }: OfferedTool, given: Pick['arguments']): string | undefined {
	if (parameters?.type !== 'object') return 'its schema is no object';
	const { properties = {}, required = [] } = parameters;
	const unknown = Object.keys(given).filter((name) => properties[name]?.type !== 'string');
	const missing = required.filter((name) => !(name in given));
	if (unknown.length > 0) return `it has no text ${unknown.join(', ')}`;
	return missing.length > 0 ? `it wants ${missing.join(', ')} too` : undefined;
}

function answerTo({ messages, tools = [] }: ChatRequest, picks: readonly Pick[]): object {
	const last = messages.at(-1);
	const done = messages.filter(({ role }) => role === 'tool').length;
	const pick = picks[done];
	if (last?.role === 'tool' && !pick) {
		const said = typeof last.content === 'string' ? last.content : JSON.stringify(last.content);
		return { role: 'assistant', content: `The tool says ${said}` };
	}
	const tool = tools.find(({ function: { description = '' } }) => pick?.description.test(description));
	const why = tool ? misfit(tool, pick?.arguments ?? {}) : 'no tool fits';
	if (!tool || why !== undefined)
		return { role: 'assistant', content: `Nothing was called: ${why}; ${JSON.stringify(tools)}` };
	const call = { name: tool.function.name, arguments: JSON.stringify(pick?.arguments) };
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ id: `call-${done + 1}`, type: 'function', function: call }],
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}

function reply(response: ServerResponse, asked: ChatRequest, message: object): void {
	const head = { id: 'chat-1', created: 1, model: 'gpt-4o-mini' };
	const reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
	if (asked.stream !== true) {
		const choices = [{ index: 0, message, finish_reason: reason }];
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }));
		return;
	}
	const { tool_calls: calls = [], ...rest } = message as { tool_calls?: object[] };
	const delta = {
		...rest,
		...(calls.length > 0 ? { tool_calls: calls.map((call, index) => ({ index, ...call })) } : {}),
	};
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	for (const choices of [
		[{ index: 0, delta, finish_reason: null }],
		[{ index: 0, delta: {}, finish_reason: reason }],
	])
		response.write(`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices })}\n\n`);
	response.end('data: [DONE]\n\n');
}

/** Starts the model on a free port. */
export async function startModel(): Promise<Model> {
	let picks: readonly Pick[] = [];
	const heard: string[] = [];
	const server = createServer((request, response) => {
		void bodyOf(request).then((body) => {
			if (!request.url?.endsWith('/chat/completions')) {
				response.writeHead(404).end('{}');
				return;
			}
			heard.push(body);
			const asked = JSON.parse(body) as ChatRequest;
			reply(response, asked, answerTo(asked, picks));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		picks: (...wanted) => {
			picks = wanted;
			heard.length = 0;
		},
		heard: () => heard.join('\n'),
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
