import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '@convoflow/sandbox';
import type { Message } from '../../packages/node-red/src/runtime/red';
import { register } from '../../packages/node-red/src/runtime';
import { FakeRed } from '../support/fake-red';
import { reconnect } from '../support/reconnects';
import { sandboxSettings } from './harness/sandbox-settings';

const THREAD = 't-reconnects';

// In this process, since it takes a clock that hurries: each way back waits up to half a minute.
it('NODE-10 sends an event once after 200 reconnects, and nothing is left listening', async () => {
	const sandbox = await startSandbox({ botDelayMs: 0 });
	const userDir = mkdtempSync(join(tmpdir(), 'convoflow-reconnects-'));
	const host = new FakeRed(userDir);
	const sent: Message[] = [];
	let heard: () => void = () => undefined;
	host.onSend = (message) => {
		sent.push(message);
		heard();
	};
	const next = async (): Promise<void> => await new Promise((resolve) => (heard = resolve));
	for (const type of ['flowai-socket', 'flowai-stream']) register(host.red, type);
	const { config, credentials } = sandboxSettings(sandbox)['flowAiSocketApi'] ?? {};
	const socket = host.start('flowai-socket', { id: 'socket', ...config }, credentials);
	sandbox.world.ensureThread(THREAD, 'socket');
	const stream = host.start('flowai-stream', {
		id: 'stream',
		flowAiSocketApi: 'socket',
		threadId: THREAD,
		events: 'message',
	});
	try {
		await reconnect(sandbox, 200);
		for (const speech of ['Still there?', 'And now?']) {
			const said = next();
			await sandbox.world.sendAsUser(THREAD, speech);
			await said;
		}
		expect(sent.map(({ topic }) => topic)).toEqual(['message', 'message']);
		expect(host.errors).toEqual([]);
		expect(sandbox.sockets()).toBe(1);
	} finally {
		await stream.close(true);
		await socket.close(true);
		await sandbox.close();
		rmSync(userDir, { recursive: true });
	}
});
