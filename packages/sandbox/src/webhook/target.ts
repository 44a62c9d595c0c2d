/** How the sandbox proves to a webhook that the call is genuine (Flow.ai reference §4.3). */
export type WebhookAuth =
	| { type: 'none' }
	| { type: 'token'; in: 'header' | 'query'; name: string; value: string }
	| { type: 'jwt'; secret: string; header?: string };

/** Where events go and which. */
export interface WebhookTarget {
	/** Absolute http or https address. */
	url: string;
	/** Names to send; all when absent. */
	events?: string[];
	auth?: WebhookAuth;
}

/** One event on its way to a webhook, with all attempts made so far. */
export interface DeliveryRecord {
	id: string;
	/** The event's name, for example `message` or `control.pause`. */
	event: string;
	/** The address without its query. */
	url: string;
	status: 'waiting' | 'delivered' | 'failed' | 'cancelled';
	attempts: DeliveryAttempt[];
	/** ISO time of the event. */
	createdAt: string;
	/** ISO time of the next attempt, while one is planned. */
	nextAttemptAt?: string;
	body: unknown;
}

export interface DeliveryAttempt {
	at: string;
	/** HTTP status of the answer; absent when none came. */
	status?: number;
	/** Why no answer came. */
	error?: string;
	ms: number;
}
