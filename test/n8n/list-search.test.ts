import { searchesOfService } from '@convoflow/kit';
import { services } from '@convoflow/nodes';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { LoadOptionsContext } from 'n8n-core';
import type { INodeListSearchResult, INodeParameters, INodeProperties } from 'n8n-workflow';
import { nodeName, PACKAGES } from '../../packages/n8n-host/src/generate/packages';
import { asContext, workflowOf } from './harness';
import { startRecorder } from './recorder';
import { credentialsFor, PLACES, type Place } from './services';
import { loadTree, nodeTypeOf } from './tree';

function placeOf(title: string): Place {
	const place = PLACES.find((one) => one.title === title);
	if (!place) throw new Error(`no operation is ${title}`);
	return place;
}

/** Opens a list of the form, as n8n's server does when a user clicks into it. */
async function openList(
	place: Place,
	method: string,
	values: Parameters<typeof workflowOf>[0]['credentials'],
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	const tree = await loadTree(place.tree);
	const parameters: INodeParameters = { resource: place.resource.name, operation: place.operation.name };
	const { workflow, node, additionalData } = workflowOf({
		tree,
		nodeType: place.nodeType,
		parameters,
		credentials: values ?? {},
	});
	const found = nodeTypeOf(tree, place.nodeType).methods?.listSearch?.[method];
	if (!found) throw new Error(`${place.nodeType} has no method ${method}`);
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters');
	return await found.call(asContext(context), filter, token);
}

describe('lists to pick from, in the engine', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.close());

	it.each([
		['flowai message sendText', 'searchThreads', 't-100|o_c51f0e2a'],
		['flowai event trigger', 'searchEvents', 'WELCOME'],
		['flowai broadcast sendToSegment', 'searchSegments', 'au-9'],
		['flowxo conversation get', 'searchConversations', '5f3a9c0e7d21b84a66e0c1d2/c/490150001122'],
		['chatlayer analytics getConversations', 'searchBotsOfTeam', 'k3v9x2ab'],
		['chatlayer conversation getMany', 'searchBots', 'k3v9x2ab'],
	])('%s: %s lists, and finds by what is typed', async (title, method, id) => {
		const place = placeOf(title);
		const values = credentialsFor(sandbox, place.operation.credential);
		const all = await openList(place, method, values);
		expect(all.results.map(({ value }) => value)).toContain(id);
		const { results } = await openList(place, method, values, id.toLowerCase());
		expect(results.map(({ value }) => value)).toContain(id);
		expect((await openList(place, method, values, 'no such thing')).results).toEqual([]);
	});

	it('says what to do where bots cannot be listed without a token of the core API', async () => {
		const place = placeOf('chatlayer analytics getConversations');
		const { chatlayerApi } = credentialsFor(sandbox, place.operation.credential);
		const values = { chatlayerApi: { ...chatlayerApi, coreToken: '' } };
		await expect(openList(place, 'searchBotsOfTeam', values)).rejects.toMatchObject({
			message: 'Bots can be listed only with a token of the core API, which this credential does not hold',
			description: expect.stringMatching(/^Enter the ID instead.*fill in Core API Token\.$/) as string,
		});
	});

	it('goes on where the page before ended', async () => {
		const rows = Array.from({ length: 250 }, (_, index) => `EVENT_${index}`);
		const body = JSON.stringify({ status: 'ok', result: { items: rows } });
		const recorder = await startRecorder(() => ({ body }));
		try {
			const values = { flowAiApi: { apiKey: 'k', scheme: 'bearer', baseUrl: recorder.url } };
			const place = placeOf('flowai event trigger');
			const seen: unknown[] = [];
			let token: string | undefined;
			do {
				const page = await openList(place, 'searchEvents', values, undefined, token);
				seen.push(...page.results.map(({ value }) => value));
				token = page.paginationToken;
			} while (token !== undefined);
			expect(seen).toEqual(rows);
		} finally {
			await recorder.close();
		}
	});

	it.each([404, 403, 405])('says what to do where the account cannot list (%d)', async (status) => {
		const recorder = await startRecorder(() => ({ status, body: '{"message":"no"}' }));
		try {
			const values = { flowAiApi: { apiKey: 'k', scheme: 'bearer', baseUrl: recorder.url } };
			await expect(
				openList(placeOf('flowai message sendText'), 'searchThreads', values),
			).rejects.toMatchObject({
				message: `This account cannot list threads (the service answered ${status})`,
				description: 'Enter the ID instead: the list is only a help.',
			});
		} finally {
			await recorder.close();
		}
	});
});

it.each(services.map((service) => [service.name, service] as const))(
	'%s: every list that a form names is a method of the node',
	async (name, service) => {
		const place = PLACES.find((one) => one.service.name === name) as Place;
		const { description, methods } = nodeTypeOf(await loadTree(place.tree), place.nodeType);
		const named = description.properties.flatMap((property: INodeProperties) =>
			(property.modes ?? []).flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
		);
		const known = searchesOfService(service).map((search) => search.name);
		expect([...new Set(named)].sort()).toEqual([...known].sort());
		expect(Object.keys(methods?.listSearch ?? {}).sort()).toEqual([...known].sort());
	},
);

it.each(PACKAGES.flatMap(({ name, triggers }) => triggers.map((plan) => [plan.className, name] as const)))(
	'%s: every list that the form of the trigger names is a method of it',
	async (className, name) => {
		const { description, methods } = nodeTypeOf(await loadTree(name), nodeName(className));
		const named = description.properties.flatMap((property: INodeProperties) =>
			(property.modes ?? []).flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
		);
		expect(Object.keys(methods?.listSearch ?? {}).sort()).toEqual([...new Set(named)].sort());
	},
);
