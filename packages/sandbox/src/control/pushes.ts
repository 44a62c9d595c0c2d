import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { badRequest, notFound } from '../http/errors';
import { asObject, asString } from '../json';
import { subscriptionView } from '../chatlayer/subscriptions';
import type { Sandbox } from '../sandbox';
import { uploads } from '../flowai/uploads';

const DAY = 24 * 3_600_000;

/** What has no call of its own in the services: pushes of Chatlayer, the action webhook of Flow.ai, uploaded files. */
export function pushControl(app: FastifyInstance, context: Context, sandbox: Sandbox): void {
	const { subscriptions, activity } = sandbox.world.chatlayer;

	app.get('/subscriptions', () => ({ subscriptions: subscriptions.list.map(subscriptionView) }));
	app.post('/subscriptions/:id/:kind', async (request) => {
		const { id, kind } = request.params as { id: string; kind: string };
		const subscription = subscriptions.list.find((candidate) => candidate.id === id);
		if (!subscription) throw notFound(`There is no subscription ${id}`);
		const body = asObject(request.body);
		if (kind === 'verification') return { verified: await subscriptions.challenge(subscription) };
		if (kind === 'notification') {
			const event =
				'event' in body ? asObject(body['event']) : { event: 'order_placed', attributes: { total: '20' } };
			subscriptions.push(subscription, 'notification', {
				subscription: subscriptionView(subscription),
				event,
			});
		} else if (kind === 'revocation') {
			subscriptions.revoke(subscription, asString(body['reason']) ?? 'notification_failures_exceeded');
		} else {
			throw badRequest('The kind must be verification, notification or revocation');
		}
		return { ok: true };
	});

	app.put('/action-webhook', (request) => {
		sandbox.world.setActionWebhook(request.body == null ? null : readTarget(request.body));
		return { ok: true };
	});
	app.post('/action-webhook/calls', (request) => {
		const body = asObject(request.body);
		const id = asString(body['threadId']) ?? 't-100';
		return sandbox.world.callAction(readTarget(body), id, asString(body['query']), asObject(body['params']));
	});

	app.get('/uploads', () => ({
		uploads: uploads.all(context).map(({ bytes, ...file }) => ({ ...file, kept: bytes !== null })),
	}));

	/** Conversations counted by day and channel, for the charts of the console. */
	app.get('/counts', () => {
		const days = new Map<number, Map<string, number>>();
		const languages: Record<string, number> = {};
		let messages = 0;
		activity.forEach(-Infinity, Infinity, (conversation) => {
			const day = Math.floor(conversation.start / DAY);
			const channels = days.get(day) ?? new Map<string, number>();
			languages[conversation.language] = (languages[conversation.language] ?? 0) + 1;
			messages += conversation.messages;
			days.set(day, channels.set(conversation.channel, (channels.get(conversation.channel) ?? 0) + 1));
		});
		const sorted = [...days].sort(([a], [b]) => a - b);
		const shown = sorted.map(([day, channels]) => ({
			day: new Date(day * DAY).toISOString().slice(0, 10),
			channels: Object.fromEntries(channels),
		}));
		return { days: shown, messages, languages };
	});
}

function readTarget(value: unknown): { url: string; verifyToken: string; action: string } {
	const { url, verifyToken, action } = asObject(value);
	if (typeof url !== 'string' || !/^https?:/.test(url) || !URL.canParse(url))
		throw badRequest('url must be an http or https address');
	if (typeof verifyToken !== 'string' || verifyToken === '') throw badRequest('verifyToken must be a text');
	return { url, verifyToken, action: typeof action === 'string' && action !== '' ? action : 'reserve' };
}
