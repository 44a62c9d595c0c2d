import { textOf, type FlowAiClient, type FlowAiManagementClient } from '@convoflow/client';
import { cutList, scanPages, searchesFor, type Found } from '@convoflow/kit';

/** Defines a list to pick from, read with the REST API. */
const restSearch = searchesFor<FlowAiClient>('flowAiApi');

/** The threads of the project. Flow.ai reference §2.2 row 8, later docs: the service cannot search them. */
export const searchThreads = restSearch({
	name: 'searchThreads',
	things: 'threads',
	run: async (client, request) =>
		await scanPages(async (cursor) => {
			const page = Number(cursor ?? 1);
			const { rows, pages } = await client.threads.listPage(page, { signal: request.signal });
			const isLast = rows.length === 0 || (pages !== undefined && page >= pages);
			return {
				results: rows.map((id) => ({ name: id, value: id })),
				...(isLast ? {} : { next: String(page + 1) }),
			};
		}, request),
});

/** The events whose manual trigger is enabled. Flow.ai reference §2.2 row 12, later docs. */
export const searchEvents = restSearch({
	name: 'searchEvents',
	things: 'events',
	run: async (client, request) => {
		const names = await client.project.events({ signal: request.signal });
		return cutList(
			names.map((name) => ({ name, value: name })),
			request,
		);
	},
});

/** The segments of the project. Flow.ai reference §2.2 row 16, later docs. */
export const searchSegments = restSearch({
	name: 'searchSegments',
	things: 'segments',
	run: async (client, request) => {
		const segments = await client.broadcasts.segments({ signal: request.signal });
		return cutList(
			segments.flatMap((segment): Found[] => {
				const id = textOf(segment['audienceId']);
				return id === undefined ? [] : [{ name: textOf(segment['title']) ?? id, value: id }];
			}),
			request,
		);
	},
});

/** Flows asked for at once while a list is searched. */
const FLOWS = 50;

/** The flows of a project. 001, Management API, List all Flows: the service cannot search them. */
export const searchFlows = searchesFor<FlowAiManagementClient>('flowAiManagementApi')({
	name: 'searchFlows',
	things: 'flows',
	dependsOn: ['projectId'],
	run: async (client, request) =>
		await scanPages(async (cursor) => {
			const skip = Number(cursor ?? 0);
			const projectId = textOf(request.values['projectId'] as string | undefined) || undefined;
			const flows = await client.flowPage(skip, FLOWS, { projectId, signal: request.signal });
			return {
				results: flows.flatMap((flow): Found[] => {
					const id = textOf(flow['flowId']);
					return id === undefined ? [] : [{ name: textOf(flow['title']) ?? id, value: id }];
				}),
				...(flows.length === 0 ? {} : { next: String(skip + flows.length) }),
			};
		}, request),
});
