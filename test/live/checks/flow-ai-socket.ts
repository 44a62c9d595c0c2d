import { once } from 'node:events';
import { WebSocket } from 'ws';
import { also, answered, ask, at, compare, kind, others, type Check, type Env, type Finding } from '../probe';

const CLIENT = 'CONVOFLOW_FLOWAI_CLIENT_ID';
const base = (env: Env): string => env['CONVOFLOW_FLOWAI_SOCKET_URL'] ?? 'https://sdk.flow.ai';
const WAIT_MS = 5_000;

async function endpoint(env: Env, threadId?: string): Promise<string | undefined> {
	const headers: Record<string, string> = {
		'x-flowai-clientid': env[CLIENT] ?? '',
		'x-flowai-sessionid': crypto.randomUUID(),
	};
	if (threadId !== undefined) headers['x-flowai-threadid'] = threadId;
	const query = new URLSearchParams({
		clientId: env[CLIENT] ?? '',
		sessionId: headers['x-flowai-sessionid'] ?? '',
	});
	const found = at(
		(await ask(`${base(env)}/socket.info?${query.toString()}`, headers)).json,
		'payload.endpoint',
	);
	return typeof found === 'string' ? found : undefined;
}

async function dial(url: string): Promise<{ ws: WebSocket; frames: unknown[]; open: boolean }> {
	const ws = new WebSocket(url, { handshakeTimeout: WAIT_MS });
	const frames: unknown[] = [];
	ws.on('message', (data: Buffer) => {
		try {
			frames.push(JSON.parse(data.toString()));
		} catch {
			frames.push(undefined);
		}
	});
	ws.on('error', () => undefined);
	const open = await Promise.race([
		once(ws, 'open').then(() => true),
		once(ws, 'close').then(() => false),
	]).catch(() => false);
	// Frames sent in the first moments get lost (Flow.ai reference §5.1).
	await new Promise((resolve) => setTimeout(resolve, 60));
	return { ws, frames, open };
}

/** Waits until a frame of a type came, or the time is over. */
async function frame(frames: unknown[], type: string): Promise<unknown> {
	for (let waited = 0; waited < WAIT_MS; waited += 50) {
		const found = frames.find((item) => at(item, 'type') === type);
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return undefined;
}

const refused: Finding = { verdict: 'different', found: ['socket.info gave no endpoint'] };

export const socketChecks: Check[] = [
	{
		id: 'flowai-socket-info-forms',
		source: 'Flow.ai reference §5.2',
		says: 'Open: does socket.info take its input from the query, from headers, or from both?',
		needs: [CLIENT],
		run: async (env) => {
			const id = env[CLIENT] ?? '';
			const query = await ask(
				`${base(env)}/socket.info?clientId=${encodeURIComponent(id)}&sessionId=${crypto.randomUUID()}`,
			);
			const header = await ask(`${base(env)}/socket.info`, {
				'x-flowai-clientid': id,
				'x-flowai-sessionid': crypto.randomUUID(),
			});
			const one = [query, header].find((answer) => answer.status === 200);
			const lines = [
				`query: status ${query.status}`,
				`headers: status ${header.status}`,
				`secret: ${kind(at(one?.json, 'secret'))}`,
			];
			return one === undefined ? { verdict: 'different', found: lines } : answered(...lines);
		},
	},
	{
		id: 'flowai-socket-info-error',
		source: 'Flow.ai reference §5.2',
		says: 'An unknown client is refused with the text in payload.message',
		needs: [CLIENT],
		run: async (env) => {
			const answer = await ask(
				`${base(env)}/socket.info?clientId=not-a-client&sessionId=${crypto.randomUUID()}`,
			);
			const failed = answer.status >= 400 || at(answer.json, 'status') !== 'ok';
			const finding = compare(
				answer,
				{ status: 'string', 'payload.message': 'string' },
				failed ? answer.status : 400,
			);
			return also(finding, `fields: ${others(answer.json, []).join(', ')}`);
		},
	},
	{
		id: 'flowai-socket-ping',
		source: 'Flow.ai reference §5.3',
		says: 'ping is answered with pong',
		needs: [CLIENT],
		run: async (env) => {
			const url = await endpoint(env);
			if (url === undefined) return refused;
			const { ws, frames, open } = await dial(url);
			if (open) ws.send('{"type":"ping"}');
			const pong = open ? await frame(frames, 'pong') : undefined;
			ws.terminate();
			return {
				verdict: pong === undefined ? 'different' : 'as documented',
				found: [`open: ${open}`, `frames: ${frames.map((item) => String(at(item, 'type'))).join(', ')}`],
			};
		},
	},
	{
		id: 'flowai-socket-single-use',
		source: 'Flow.ai reference §5.1',
		says: 'An endpoint works once',
		needs: [CLIENT],
		run: async (env) => {
			const url = await endpoint(env);
			if (url === undefined) return refused;
			const first = await dial(url);
			const second = await dial(url);
			first.ws.terminate();
			second.ws.terminate();
			const fits = first.open && !second.open;
			return {
				verdict: fits ? 'as documented' : 'different',
				found: [
					`first dial: ${first.open ? 'open' : 'refused'}, second: ${second.open ? 'open' : 'refused'}`,
				],
			};
		},
	},
	{
		id: 'flowai-socket-routing',
		source: 'Flow.ai reference §5.8',
		says: 'Open: does a connection hear threads that it never named? (writes one message)',
		needs: [CLIENT],
		writes: true,
		run: async (env) => {
			const [mine, other] = [`check-${crypto.randomUUID()}`, `check-${crypto.randomUUID()}`];
			const [first, second] = [await endpoint(env, mine), await endpoint(env, other)];
			if (first === undefined || second === undefined) return refused;
			const [writer, listener] = [await dial(first), await dial(second)];
			writer.ws.send(
				JSON.stringify({ type: 'message.send', payload: { threadId: mine, traceId: 1, speech: 'Hello' } }),
			);
			const delivered = await frame(writer.frames, 'message.delivered');
			const received = await frame(writer.frames, 'message.received');
			await new Promise((resolve) => setTimeout(resolve, 500));
			const heard = listener.frames.length;
			writer.ws.terminate();
			listener.ws.terminate();
			return answered(
				`delivered: ${kind(delivered)}`,
				`received: ${kind(received)}, msgId: ${kind(at(received, 'payload.messages.0.meta.msgId'))}`,
				`frames at a connection of another thread: ${heard}`,
			);
		},
	},
];
