import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '@convoflow/sandbox';

/**
 * Cuts the only socket of a sandbox again and again, each time when it has come back. Waiting times of the client are
 * half fixed and half at random; a random number of -1 makes them nothing, so that all of it takes seconds.
 * @param times how often
 */
export async function reconnect(sandbox: Sandbox, times: number): Promise<void> {
	const random = jest.spyOn(Math, 'random').mockReturnValue(-1);
	const dials = (): number => sandbox.requests().filter(({ path }) => path.endsWith('/socket.info')).length;
	try {
		for (let cut = 0; cut < times; cut += 1) {
			const before = dials();
			sandbox.faults.add({
				match: { surface: 'flowai-socket' },
				times: 1,
				action: { type: 'cut', on: 'now' },
			});
			// Nothing announces it; the limit of the test ends it.
			while (dials() === before || sandbox.sockets() !== 1) await sleep(1);
		}
	} finally {
		random.mockRestore();
	}
}
