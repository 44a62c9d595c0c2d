import { once } from 'node:events';
import { WebSocket } from 'ws';
import { asker, holding, leavesNothingOut, list, text, useSandbox, walk } from './harness';

const sandbox = useSandbox();
const base = (): string => sandbox().baseUrls['flowAiSocket'] ?? '';
const clientId = (): string => sandbox().keys['flowAiClientId'] ?? '';
type Frame = { type: string; payload?: Record<string, unknown>; message?: unknown };

async function connect(threadId?: string): Promise<{ ws: WebSocket; frames: Frame[] }> {
	const headers: Record<string, string> = {
		'x-flowai-clientid': clientId(),
		'x-flowai-sessionid': crypto.randomUUID(),
	};
	if (threadId !== undefined) headers['x-flowai-threadid'] = threadId;
	const response = await fetch(`${base()}/socket.info`, { headers });
	const { payload } = (await response.json()) as { payload: { endpoint: string } };
	const ws = new WebSocket(payload.endpoint);
	const frames: Frame[] = [];
	ws.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
	await once(ws, 'open');
	return { ws, frames };
}

/** Sends frames and waits for the answer to a ping sent last. */
async function exchange(threadId: string | undefined, sent: unknown[], wanted: number): Promise<Frame[]> {
	const { ws, frames } = await connect(threadId);
	for (const frame of sent) ws.send(JSON.stringify(frame));
	while (frames.length < wanted) await once(ws, 'message');
	ws.terminate();
	return frames;
}

describe('socket.info and its neighbours', () => {
	const ask = asker(base, () => '');

	it('answers to the query form and to the header form (Flow.ai reference §5.2)', async () => {
		for (const init of [
			{ url: `${base()}/socket.info?clientId=${encodeURIComponent(clientId())}&sessionId=a`, headers: {} },
			{
				url: `${base()}/socket.info/?clientId=${encodeURIComponent(clientId())}&sessionId=a&threadId=s-1`,
				headers: {},
			},
			{
				url: `${base()}/socket.info`,
				headers: { 'x-flowai-clientid': clientId(), 'x-flowai-sessionid': 'a' },
			},
		]) {
			const response = await fetch(init.url, { headers: init.headers });
			expect(await response.json()).toEqual({
				status: 'ok',
				payload: { endpoint: expect.stringMatching(/^ws:\/\//) as string },
			});
		}
	});

	walk(ask, [
		{
			source: 'Flow.ai reference §5.2: failure',
			call: 'GET /socket.info?clientId=x&sessionId=y',
			status: 400,
			answer: { status: 'error', payload: { message: text } },
		},
		{
			source: 'Flow.ai reference §5.2: no session',
			call: 'GET /socket.info?clientId=YWctMXxjNTFmMGUyYQ%3D%3D',
			status: 400,
			answer: { status: 'error', payload: { message: text } },
		},
		{
			source: 'Flow.ai reference §5.4: history',
			call: 'GET /thread.history?clientId=YWctMXxjNTFmMGUyYQ%3D%3D&threadId=t-101',
			answer: {
				status: 'ok',
				payload: [1, 2, 3, 4].map(() =>
					holding({ threadId: 't-101', originator: holding({ role: text }), messages: list }),
				),
			},
		},
		{
			source: 'Flow.ai reference §5.4: unnoticed',
			call: 'GET /thread.unnoticed?clientId=YWctMXxjNTFmMGUyYQ%3D%3D&threadId=t-101',
			answer: { status: 'ok', payload: { unnoticed: false } },
		},
		{
			source: 'Flow.ai reference §5.4: merger',
			call: 'POST /thread.merger',
			body: { clientId: 'YWctMXxjNTFmMGUyYQ==', threadId: 's-1', sessionId: 'a', mergerKey: 'k' },
			answer: holding({ status: 'ok' }),
		},
		{
			source: 'Flow.ai reference §5.4: merger needs its key',
			call: 'POST /thread.merger',
			body: { clientId: 'YWctMXxjNTFmMGUyYQ==', threadId: 's-1', sessionId: 'a' },
			status: 400,
			answer: { status: 'error', payload: { message: text } },
		},
	]);

	it('takes a file of a message (Flow.ai reference §5.4: upload)', async () => {
		const form = new FormData();
		form.set('file', new Blob(['x']), 'x.bin');
		form.set(
			'payload',
			JSON.stringify({ clientId: clientId(), sessionId: 'a', threadId: 's-9', speech: 'file attachment' }),
		);
		const response = await fetch(`${base()}/thread.upload`, { method: 'POST', body: form });
		const answer = (await response.json()) as { payload: { attachment: { payload: { url: string } } } };
		expect(await (await fetch(answer.payload.attachment.payload.url)).text()).toBe('x');
		expect(answer).toEqual({
			status: 'ok',
			payload: {
				threadId: 's-9',
				speech: 'file attachment',
				attachment: {
					type: 'file',
					payload: { title: 'x.bin', url: expect.stringContaining('/flowai/files/') as string },
				},
			},
		});
	});
});

describe('frames (Flow.ai reference §5.3)', () => {
	const originator = {
		name: 'Mara',
		role: 'external',
		profile: { fullName: 'Mara Lind' },
		metadata: { loyalty: 'silver' },
	};
	const metadata = { language: 'sv-SE', timezone: 2, params: { seats: [{ value: '4' }] } };

	it('ping is answered with pong', async () => {
		expect(await exchange(undefined, [{ type: 'ping' }], 1)).toEqual([{ type: 'pong' }]);
	});

	it('message.send is echoed without the nonce and answered', async () => {
		const payload = { threadId: 's-2', traceId: 90211, speech: 'Book it', originator, metadata };
		const frames = await exchange(
			undefined,
			[{ type: 'message.send', payload: { ...payload, nonce: 'n' } }],
			2,
		);
		expect(frames[0]).toEqual({ type: 'message.delivered', payload });
		expect(frames[1]).toEqual({
			type: 'message.received',
			payload: {
				threadId: 's-2',
				originator: holding({ userId: text, name: text, role: 'bot' }),
				messages: [
					holding({
						fallback: text,
						silent: false,
						replyTo: 'Book it',
						actions: [],
						originator: holding({ role: 'bot' }),
						responses: [holding({ type: 'text', payload: holding({ text }) })],
						flow: holding({ flowId: text, title: text }),
						step: holding({ stepId: text, title: text, type: text }),
						params: {},
					}),
				],
			},
		});
	});

	it('an event attachment reaches the bot', async () => {
		const payload = {
			threadId: 's-3',
			traceId: 1,
			speech: 'event attachment',
			attachment: { type: 'event', payload: { name: 'WELCOME' } },
		};
		const frames = await exchange(undefined, [{ type: 'message.send', payload }], 2);
		expect(frames[0]).toEqual({ type: 'message.delivered', payload });
		expect(JSON.stringify(frames[1])).toContain('quickReplies');
	});

	it('thread.noticed, typing and log need no answer', async () => {
		const frames = await exchange(
			's-2',
			[
				{ type: 'thread.noticed', payload: { threadId: 's-2' } },
				{ type: 'activity.user.typing', payload: { clientId: 'x', threadId: 's-2', originator: {} } },
				{ type: 'log', payload: { text: 'x' } },
				{ type: 'ping' },
			],
			1,
		);
		expect(frames).toEqual([{ type: 'pong' }]);
		const response = await fetch(`${base()}/thread.unnoticed`, {
			headers: { 'x-flowai-clientid': clientId(), 'x-flowai-threadid': 's-2' },
		});
		expect(await response.json()).toEqual({ status: 'ok', payload: { unnoticed: false } });
	});

	it('an error carries message and no payload', async () => {
		const frames = await exchange(undefined, [{ type: 'message.send', payload: { threadId: 's-4' } }], 1);
		expect(frames).toEqual([{ type: 'error', message: text }]);
	});

	it('an answer goes only to connections of its thread (Flow.ai reference §5.8)', async () => {
		const [named, other] = [await connect('s-5'), await connect('s-6')];
		const writer = await exchange(
			undefined,
			[{ type: 'message.send', payload: { threadId: 's-5', speech: 'echo 1' } }],
			2,
		);
		expect(writer.map((frame) => frame.type)).toEqual(['message.delivered', 'message.received']);
		while (named.frames.length < 1) await once(named.ws, 'message');
		other.ws.send('{"type":"ping"}');
		while (other.frames.length < 1) await once(other.ws, 'message');
		expect(named.frames.map((frame) => frame.type)).toEqual(['message.received']);
		expect(other.frames).toEqual([{ type: 'pong' }]);
		named.ws.terminate();
		other.ws.terminate();
	});
});

leavesNothingOut('Flow.ai socket');
