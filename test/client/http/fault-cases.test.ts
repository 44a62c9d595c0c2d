import { inspect } from 'node:util';
import { FlowAiClient, toConvoflowError } from '@convoflow/client';
import { redactorOf } from '@convoflow/kit';
import { httpCases, KEY, type Asked, type HttpDoor, type Seen } from '../../fault-cases/http-cases';
import { realPorts, type RealPorts } from '../../support/undici-port';

let ports: RealPorts;
beforeAll(() => {
	const real = realPorts({ authorization: KEY });
	ports = { ...real, redact: redactorOf([KEY]) };
});
afterAll(async () => await ports.close());

async function seen(
	baseUrl: string,
	{ retries = 0, requestTimeout = 20 }: Asked,
	call: (client: FlowAiClient) => Promise<unknown>,
): Promise<Seen> {
	const policy = { baseDelayMs: 1, maxDelayMs: 5 };
	const client = new FlowAiClient(ports, { baseUrl, retries, timeoutMs: requestTimeout * 1_000, policy });
	try {
		return { message: '', shown: JSON.stringify(await call(client)) };
	} catch (thrown) {
		const error = toConvoflowError(thrown);
		const shown = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error)].join('\n');
		return { code: error.code, message: error.message, shown };
	}
}

const door: HttpDoor = {
	read: async (url, asked = {}) => await seen(url, asked, async (client) => await client.status('t-1')),
	send: async (url, asked = {}) =>
		await seen(
			url,
			asked,
			async (client) =>
				await client.sendText({
					threadId: 't-1',
					speech: 'Hi',
					originator: { name: 'Ann', role: 'external' },
				}),
		),
	upload: async (url, bytes) =>
		await seen(
			url,
			{},
			async (client) =>
				await client.uploadMedia({
					threadId: 't-1',
					mediaType: 'file',
					file: { name: 'a.bin', mimeType: 'application/octet-stream', content: new Uint8Array(bytes) },
					originator: { name: 'Ann', role: 'external' },
				}),
		),
	endsStalled: true,
	endsUnanswered: true,
	bomb: 'FLOWAI_NOT_JSON',
};

describe('a service that misbehaves, through the client', () => httpCases(() => door));
