import { FlowAiSocketClient, type HttpRequest, type JsonObject, type JsonValue } from '@convoflow/client';
import { answer, fakePorts, rejection, text, type FakePorts, type Step } from '../../support/fake-ports';
import { FakeSockets } from '../../support/fake-sockets';

const FILE = { name: 'menu.txt', mimeType: 'text/plain', content: new TextEncoder().encode('Soup') };
const MESSAGE = { speech: 'file attachment', traceId: 7 };

/** Uploads into the thread `t-1`, whose endpoint comes with a secret. */
async function upload(
	reply: Step,
	withSecret = false,
): Promise<{ result: JsonObject; ports: FakePorts; client: FlowAiSocketClient }> {
	const sockets = new FakeSockets();
	const endpoint: JsonObject = { status: 'ok', payload: { endpoint: 'wss://sdk.flow.ai/ws/1' } };
	const script = [answer({ ...endpoint, ...(withSecret ? { secret: 'n-1' } : {}) }), reply];
	const ports = fakePorts(script, { openSocket: sockets.open });
	const client = new FlowAiSocketClient(ports, { baseUrl: 'https://sdk.flow.ai', clientId: 'client-1' });
	const written: string[] = [];
	client.threads.watchSends((threadId) => written.push(threadId));
	const uploaded = client.upload('t-1', { message: MESSAGE, file: FILE });
	uploaded.catch(() => undefined);
	await ports.clock.advance(0);
	// Nothing is uploaded before the thread has its session and its secret.
	expect(ports.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/socket.info']);
	sockets.last.open();
	await ports.clock.advance(60);
	sockets.last.receive({ type: 'pong' });
	try {
		return { result: await uploaded, ports, client };
	} finally {
		await client.close();
		expect(written).toEqual(['t-1']);
		expect(client.threads.size).toBe(0);
	}
}

/** Reads what is sent, as a server does before it answers. */
function taken(body: JsonValue, status = 200, into: string[] = []): Step {
	return async ({ upload: sent }: HttpRequest) => {
		const chunks: Uint8Array[] = [];
		for await (const chunk of sent?.chunks ?? []) chunks.push(chunk);
		into.push(Buffer.concat(chunks).toString());
		return answer(body, status);
	};
}

describe('thread.upload (Flow.ai reference §5.4)', () => {
	it('names the session of the connection and carries the secret of the thread', async () => {
		const payload = {
			...MESSAGE,
			attachment: { type: 'file', payload: { url: 'https://cdn.example.com/1' } },
		};
		const bodies: string[] = [];
		const { result, ports } = await upload(taken({ status: 'ok', payload }, 200, bodies), true);
		expect(result).toEqual(payload);
		const [asked, sent] = ports.requests;
		const session = new URL(asked?.url ?? '').searchParams.get('sessionId');
		expect(sent?.headers).toMatchObject({ 'x-flowai-threadid': 't-1', 'x-flowai-secret': 'n-1' });
		expect(bodies[0]).toContain(`"clientId":"client-1","sessionId":"${session}"`);
	});

	it.each([
		['too large a file', taken({ status: 'error' }, 413), 'FLOWAI_TOO_LARGE'],
		['a refusal', taken({ status: 'error', payload: { message: 'No files here' } }), 'FLOWAI_REJECTED'],
		['a key that is not accepted', taken({ status: 'error' }, 401), 'FLOWAI_UNAUTHORIZED'],
		['an answer that says nothing', taken({}), 'CONVOFLOW_OUTCOME_UNKNOWN'],
		['a fault on the way back', text('', 502), 'CONVOFLOW_OUTCOME_UNKNOWN'],
	])('tells %s, and sends it once', async (_what, reply, code) => {
		expect(await rejection(upload(reply))).toMatchObject({ code });
	});
});
