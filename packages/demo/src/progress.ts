import type { Print } from './printer';

/** How often it is told that work goes on, in ms. */
const TELL_MS = 1_000;

/** Tells every second that a piece of work goes on, and for how long. */
export async function showing<T>(what: string, print: Print, work: Promise<T>): Promise<T> {
	const started = Date.now();
	print(`${what} …`, true);
	const timer = setInterval(() => {
		print(`${what} … ${Math.round((Date.now() - started) / 1_000)} s`, true);
	}, TELL_MS);
	try {
		return await work;
	} finally {
		clearInterval(timer);
	}
}
