import { httpCases, KEY, type Asked, type HttpDoor, type Seen } from '../fault-cases/http-cases';
import { startNodeRed, type NodeRed } from './harness';
import { wiredFile } from './harness/wired-file';

let red: NodeRed;
beforeAll(async () => {
	red = await startNodeRed();
});
afterAll(async () => await red.stop());

async function seen(
	type: string,
	operation: string,
	baseUrl: string,
	msg: Readonly<Record<string, unknown>>,
	{ retries = 0, requestTimeout = 20 }: Asked,
): Promise<Seen> {
	const result = await red.callNode({
		type,
		config: {
			operation,
			retries,
			retriesType: 'num',
			requestTimeout,
			requestTimeoutType: 'num',
		},
		settings: { flowAiApi: { type: 'flowai-api', config: { baseUrl }, credentials: { apiKey: KEY } } },
		msg,
	});
	expect(red.isAlive()).toBe(true);
	const { error } = result;
	const shown = JSON.stringify([result, red.debug]) + red.log();
	return { code: error?.code, message: error?.message ?? '', shown };
}

const door: HttpDoor = {
	read: async (url, asked = {}) => await seen('flowai-bot', 'bot.getStatus', url, { threadId: 't-1' }, asked),
	send: async (url, asked = {}) =>
		await seen('flowai-message', 'message.sendText', url, { threadId: 't-1', payload: 'Hi' }, asked),
	upload: async (url, bytes) => {
		const content = new Uint8Array(bytes);
		const file = wiredFile('payload', { name: 'a.bin', mimeType: 'application/octet-stream', content });
		return await seen('flowai-message', 'message.sendMediaFile', url, { threadId: 't-1', ...file }, {});
	},
	endsStalled: true,
	endsUnanswered: true,
	bomb: 'FLOWAI_NOT_JSON',
};

describe('a service that misbehaves, through the node of Node-RED', () => httpCases(() => door));
