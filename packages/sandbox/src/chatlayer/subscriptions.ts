import { createHmac, randomUUID } from 'node:crypto';
import type { Context } from '../context';
import { asObject, parseJson, type JsonObject } from '../json';
import { Caller } from '../webhook/call';
import { BOT_ID } from './activity';

/** A subscription to pushed events (Chatlayer reference §5, §9). */
export interface Subscription {
	id: string;
	botVersion: string;
	target: string;
	secret: string;
	eventType: string;
	eventNames: string[];
	version: string;
	status: string;
	createdAt: number;
	/** Failed calls in a row. */
	failures: number;
}

const CHALLENGE_MS = 5_000;
/** After this many failed calls in a row a subscription is revoked; the real number is not known. */
const MOST_FAILURES = 10;

/** A subscription that every sandbox begins with: an old one whose target did not answer in time. */
function revoked(): Subscription {
	return {
		id: 'sub-1',
		botVersion: 'LIVE',
		target: 'https://hooks.example.com/old',
		secret: '',
		eventType: 'TRACKING_EVENT',
		eventNames: ['order_placed'],
		version: 'v1',
		status: 'notification_failures_exceeded',
		createdAt: Date.parse('2026-03-01T08:00:00.000Z'),
		failures: MOST_FAILURES,
	};
}

/** Event subscriptions: challenge, notifications, revocation. What is unconfirmed has a setting. */
export class Subscriptions {
	list: Subscription[] = [revoked()];
	private readonly caller = new Caller();

	constructor(private readonly context: Context) {}

	/** Adds a subscription and asks its target to prove itself, as the challenge may come during that very call. */
	async create(
		subscription: Omit<Subscription, 'id' | 'status' | 'createdAt' | 'failures'>,
	): Promise<Subscription> {
		const created: Subscription = {
			...subscription,
			id: this.context.ids.next('sub'),
			status: 'webhook_callback_verification_pending',
			createdAt: this.context.clock.now(),
			failures: 0,
		};
		this.list.push(created);
		await this.challenge(created);
		this.context.bus.emit({ topic: 'chatlayer' });
		return created;
	}

	/** Sends the challenge; the target must answer with its bare value. */
	async challenge(subscription: Subscription): Promise<boolean> {
		const challenge = randomUUID();
		const place = this.context.settings.challengePlace;
		const url = new URL(subscription.target);
		if (place === 'query') url.searchParams.set('challenge', challenge);
		const about = { subscription: subscriptionView(subscription) };
		const body = JSON.stringify(
			place === 'body'
				? { challenge, ...about }
				: place === 'nested'
					? { data: { challenge }, ...about }
					: about,
		);
		const headers = this.headers(subscription, 'webhook_callback_verification', body);
		const answer = await this.caller
			.post(url, headers, body, CHALLENGE_MS)
			.catch(() => ({ status: 0, text: '' }));
		const parsed = parseJson(answer.text);
		const echoed =
			parsed.ok && typeof parsed.value !== 'number' ? asObject(parsed.value)['challenge'] : undefined;
		const right =
			answer.status >= 200 &&
			answer.status < 300 &&
			(answer.text.trim() === challenge || echoed === challenge);
		subscription.status = right ? 'enabled' : 'webhook_callback_verification_failed';
		return right;
	}

	/** Tells all subscriptions concerned about an event. */
	notify(eventType: string, name: string, event: JsonObject, version = 'LIVE'): void {
		for (const subscription of this.list) {
			if (subscription.status !== 'enabled' || subscription.eventType !== eventType) continue;
			if (subscription.botVersion !== version) continue;
			const named = eventType === 'TRACKING_EVENT' && subscription.eventNames.length > 0;
			if (named && !subscription.eventNames.includes(name)) continue;
			this.push(subscription, 'notification', { subscription: subscriptionView(subscription), event });
		}
	}

	/** Ends a subscription and says why. */
	revoke(subscription: Subscription, reason: string): void {
		subscription.status = reason;
		this.push(subscription, 'revocation', { subscription: subscriptionView(subscription), reason });
		this.context.bus.emit({ topic: 'chatlayer' });
	}

	/** Sends one call of any kind to a subscription's target, with retries like all webhooks. */
	push(subscription: Subscription, kind: string, body: JsonObject): void {
		this.context.deliveries.send(
			{ url: subscription.target },
			{
				event: `chatlayer.${kind}`,
				lane: subscription.id,
				body,
				headers: (text) => this.headers(subscription, kind, text),
				attempted: (delivered) => {
					subscription.failures = delivered ? 0 : subscription.failures + 1;
					if (subscription.failures < MOST_FAILURES || subscription.status !== 'enabled') return;
					this.revoke(subscription, 'notification_failures_exceeded');
				},
			},
		);
	}

	remove(id: string): boolean {
		const before = this.list.length;
		this.list = this.list.filter((subscription) => subscription.id !== id);
		this.context.bus.emit({ topic: 'chatlayer' });
		return this.list.length < before;
	}

	close(): void {
		this.caller.close();
	}

	private headers(subscription: Subscription, kind: string, body: string): Record<string, string> {
		const id = randomUUID();
		const timestamp = new Date(this.context.clock.now()).toISOString();
		const head = { 'x-message-type': kind, 'x-message-id': id, 'x-message-timestamp': timestamp };
		if (this.context.settings.subscriptionSignature === 'none' || subscription.secret === '') return head;
		const signature = createHmac('sha256', subscription.secret)
			.update(id + timestamp + body)
			.digest('hex');
		return { ...head, 'x-message-signature': `sha256=${signature}` };
	}
}

/** A subscription as the service shows it: the secret is not returned. */
export function subscriptionView(subscription: Subscription): JsonObject {
	return {
		id: subscription.id,
		bot_id: BOT_ID,
		bot_version: subscription.botVersion,
		target: subscription.target,
		event_type: subscription.eventType,
		event_names: subscription.eventNames,
		created_at: new Date(subscription.createdAt).toISOString(),
		version: subscription.version,
		status: subscription.status,
	};
}
