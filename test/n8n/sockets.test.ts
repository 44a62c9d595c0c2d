import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import type { ICredentialDataDecryptedObject, INodeExecutionData } from 'n8n-workflow';
import { sandboxValues } from '../samples/record';
import { PLACES, runPlace, type Place } from './services';

const SEND = PLACES.find(({ title }) => title === 'flowai socket sendText') as Place;

/** Most time that the sandbox needs to see that a socket was closed, in ms. */
const SOON_MS = 5_000;

describe('sending over the socket from n8n', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ botDelayMs: 0 });
	});
	afterAll(async () => await sandbox.close());

	const settings = (): ICredentialDataDecryptedObject =>
		sandboxValues(sandbox, 'flowAiSocketApi') as ICredentialDataDecryptedObject;

	async function untilClosed(): Promise<void> {
		const end = Date.now() + SOON_MS;
		while (sandbox.sockets() > 0 && Date.now() < end) await new Promise((again) => setImmediate(again));
		expect(sandbox.sockets()).toBe(0);
	}
	const dials = (): number => sandbox.requests().filter(({ path }) => path.endsWith('/socket.info')).length;
	const item = (thread: string, text: string): INodeExecutionData => ({ json: { thread, text } });

	it('opens one socket a thread for all items of a run, and leaves none open', async () => {
		const items = [item('t-a', 'one'), item('t-b', 'two'), item('t-a', 'three')];
		const result = await runPlace(
			SEND,
			settings(),
			{ threadId: '={{ $json.thread }}', text: '={{ $json.text }}' },
			{ items },
		);
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.map(({ json }) => [json['threadId'], json['status']])).toEqual([
			['t-a', 'delivered'],
			['t-b', 'delivered'],
			['t-a', 'delivered'],
		]);
		expect(dials()).toBe(2);
		await untilClosed();
	});

	it('leaves none open either after a failure', async () => {
		sandbox.faults.add({
			match: { surface: 'flowai-socket', event: 'message.send' },
			times: 1,
			action: { type: 'cut', on: 'in' },
		});
		const result = await runPlace(SEND, settings(), { threadId: 't-c', text: 'lost' });
		expect(result.error).toMatchObject({ message: expect.stringContaining('not known whether') as string });
		await untilClosed();
	});
});
