import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { sameText } from '../flowai/rest/scope';
import { badRequest, notFound, unauthorized } from '../http/errors';
import { asObject, asString } from '../json';
import { BOTS } from './builtin';
import type { FlowXoWorld } from './world';

/** The one flow with a Webhook trigger; the address is the secret (Flow XO reference §8). */
export const HOOK_ID = 'sandbox1';

/** Webhooks into Flow XO: triggers of flows, and the custom HTTP bot (Flow XO reference §8). */
export function hookRoutes(app: FastifyInstance, context: Context, world: FlowXoWorld): void {
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => {
			done(null, Object.fromEntries(new URLSearchParams(String(body))));
		},
	);
	for (const path of ['/hooks/:id', '/hooks/a/:id', '/hooks/b/:id']) {
		app.route({
			method: ['GET', 'POST'],
			url: path,
			handler: (request) => {
				if (!sameText((request.params as { id: string }).id, HOOK_ID))
					throw notFound('There is no such webhook');
				// The reply body is unknown; what came is in the request log.
				return {};
			},
		});
	}

	app.post('/integration_http/:id', (request) => {
		const key = /^bearer (.*)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
		if (!sameText(key, context.keys.flowXo)) throw unauthorized('The bot secret is missing or wrong');
		const body = asObject(request.body);
		const channel = asString(asObject(body['channel'])['id']);
		const said = asString(asObject(body['message'])['text']);
		if (!channel) throw badRequest('channel.id must be a text');
		if (!said) throw badRequest('message.text must be a text');
		const known = world.store.find(`${BOTS[0].id}/c/${channel}`);
		const name = asString(asObject(body['from'])['name']) ?? channel;
		return { message_id: world.sendAsUser(known ?? world.begin(channel, name), said).id };
	});
}
