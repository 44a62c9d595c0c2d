import { isObject, textOf, type ChatlayerCoreClient } from '@convoflow/client';
import { scanPages, searchesFor, type Found, type LocatorField } from '@convoflow/kit';
import { thingErrors } from './operation';

const search = searchesFor<ChatlayerCoreClient>('chatlayerCoreApi');

/** The conversations of the chosen bot. Chatlayer reference §10, list conversations. */
const searchConversations = search({
	name: 'searchConversations',
	things: 'conversations',
	dependsOn: ['botId', 'version'],
	run: async (client, request) => {
		const [bot, version] = ['botId', 'version'].map((name) =>
			textOf(request.values[name] as string | undefined),
		);
		if (bot === undefined) return { results: [] };
		return await scanPages(async (cursor) => {
			const page = Number(cursor ?? 1);
			const rows = await client.conversationPage({
				botId: bot,
				version: version ?? 'LIVE',
				page,
				limit: 100,
				signal: request.signal,
			});
			const results = rows.flatMap(({ user }): Found[] => {
				const [id, session] = isObject(user) ? [textOf(user['id']), textOf(user['sessionId'])] : [];
				return session === undefined ? [] : [{ name: [session, id].join(' · '), value: session }];
			});
			return { results, ...(rows.length === 0 ? {} : { next: String(page + 1) }) };
		}, request);
	},
});

/** A conversation of a bot. */
export const sessionId = {
	kind: 'locator',
	thing: 'conversation',
	label: 'Session ID',
	description: 'The conversation, by the session ID that Get Many lists',
	placeholder: 'e.g. cv-501',
	modes: ['id'],
	search: searchConversations,
	required: true,
	from: 'sessionId',
} as const satisfies LocatorField;

/** What a missing conversation means. */
export const sessionErrors = thingErrors('conversation', 'Session ID');
