/** The body of a bot's reply that carries a number: as its text, where the flow's output shows it, and as its id. */
export function numberedEvent(number: number): string {
	const text = String(number);
	return JSON.stringify({
		type: 'message',
		activityId: `act-${number}`,
		threadId: `t-${number % 100}`,
		originator: { name: 'Hostess', role: 'bot' },
		messages: [{ fallback: text, responses: [{ type: 'text', payload: { text } }] }],
	});
}

/** How often each number ran, and when it did first and last, in ms since the epoch. */
export interface Runs {
	count: number;
	firstMs: number;
	lastMs: number;
}

/** Reads a ledger: lines of a number and the time at which the flow's last node saw it. */
export function readLedger(text: string): Map<number, Runs> {
	const runs = new Map<number, Runs>();
	for (const line of text.split('\n')) {
		const [, number, at] = /^(\d+) (\d{13})$/.exec(line) ?? [];
		if (number === undefined) continue;
		const known = runs.get(Number(number));
		if (known) {
			known.count += 1;
			known.lastMs = Number(at);
		} else runs.set(Number(number), { count: 1, firstMs: Number(at), lastMs: Number(at) });
	}
	return runs;
}
