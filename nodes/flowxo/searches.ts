import { textOf, type FlowXoClient } from '@convoflow/client';
import { cutList, scanPages, searchesFor, type Found } from '@convoflow/kit';

/** Defines a list to pick from. */
const search = searchesFor<FlowXoClient>('flowXoApi');

/** Conversations asked for at once. 000, Pagination. */
const PAGE = 100;

/** The conversations of the account. 000, Listing Conversations: the service cannot search them. */
export const searchConversations = search({
	name: 'searchConversations',
	things: 'conversations',
	run: async (client, request) =>
		await scanPages(async (cursor) => {
			const skip = Number(cursor ?? 0);
			const { rows, total } = await client.conversationPage(skip, PAGE, { signal: request.signal });
			const read = skip + rows.length;
			const isLast = rows.length === 0 || (total !== undefined && read === total);
			return {
				results: rows.flatMap((row): Found[] => {
					const id = textOf(row['id']);
					if (id === undefined) return [];
					const words = [row['user_name'], row['bot_name'], row['platform']].flatMap(
						(one) => textOf(one) ?? [],
					);
					return [{ name: words.length > 0 ? words.join(' · ') : id, value: id }];
				}),
				...(isLast ? {} : { next: String(read) }),
			};
		}, request),
});

/** The flows of the account. Flow XO reference §6: the service gives them all at once. */
export const searchFlows = search({
	name: 'searchFlows',
	things: 'flows',
	run: async (client, request) => {
		const flows = await client.account.flows({ signal: request.signal });
		const all = flows.flatMap((flow): Found[] => {
			const id = textOf(flow['_id']);
			if (id === undefined) return [];
			const name = textOf(flow['name']) ?? id;
			return [{ name: flow['active'] === false ? `${name} (off)` : name, value: id }];
		});
		return cutList(all, request);
	},
});
