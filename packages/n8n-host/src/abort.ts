import { aborted } from '@convoflow/client';

/**
 * Waits for work, but not longer than until the signal fires: n8n's own helpers end a request or a wait only
 * when the whole run is stopped, and older ones not even then.
 * @throws CONVOFLOW_ABORTED when the signal fires first
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return await work;
	return await new Promise<T>((resolve, reject) => {
		const stop = (): void => reject(aborted());
		if (signal.aborted) stop();
		signal.addEventListener('abort', stop, { once: true });
		void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});
}
