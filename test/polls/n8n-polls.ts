/** Settings with which n8n keeps where its polls are in its database at once. */
export const DURABLE_POLLS: Readonly<Record<string, string>> = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/** n8n polls once a minute at most, but by as many clocks as one likes. @param seconds a divisor of 60 */
export const everySeconds = (seconds: number): object => ({
	item: Array.from({ length: 60 / seconds }, (_, n) => ({
		mode: 'custom',
		cronExpression: `${n * seconds} * * * * *`,
	})),
});
