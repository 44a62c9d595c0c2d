import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import type { Workflow, WorkflowNode } from '../../packages/demo/src/n8n/api';
import type { Execution } from '../../packages/demo/src/n8n/execution';
import { button } from '../../packages/demo/src/n8n/workflows';
import { formOf, PLACES, type Place } from '../n8n/places';
import { sandboxValues } from '../samples/record';
import { openReplyUrl, withReplyUrl } from '../support/action-calls';
import type { Suite } from './n8n-suite';

/** Longest run of all operations of a service, in ms. */
const LIMIT_MS = 170_000;

/** Operations that answer the call which started the run have tests of their own. */
const byHand = PLACES.filter(
	({ operation: { credential, name } }) => credential !== 'flowAiActionApi' || name !== 'reply',
);
const byNode = [...new Set(byHand.map(({ nodeType }) => nodeType))].map(
	(nodeType) => [nodeType, byHand.filter((place) => place.nodeType === nodeType)] as const,
);

interface Chosen {
	readonly id: string;
	readonly name: string;
}

/** The items of the first example, made by nodes before an operation which takes all of them at once. */
function itemNodes(place: Place, row: number): WorkflowNode[] {
	const items = place.operation.examples[0]?.items;
	if (!items) return [];
	const position = (x: number): [number, number] => [x, row * 160];
	return [
		{
			id: `list-${row}`,
			name: `List for ${place.title}`,
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			position: position(240),
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ items }), options: {} },
		},
		{
			id: `items-${row}`,
			name: `Items for ${place.title}`,
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			position: position(360),
			parameters: { fieldToSplitOut: 'items', options: {} },
		},
	];
}

/** The file that an operation takes, made by a node before it. */
function fileNodes(place: Place, row: number): WorkflowNode[] {
	const fields = { ...place.operation.fields, ...place.operation.optional };
	const [name] = Object.entries(fields).find(([, { kind }]) => kind === 'file') ?? [];
	if (name === undefined) return [];
	return [
		{
			id: `file-${row}`,
			name: `File for ${place.title}`,
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			position: [240, row * 160],
			parameters: {
				operation: 'toText',
				sourceProperty: 'text',
				binaryPropertyName: name,
				options: { fileName: 'note.txt' },
			},
		},
	];
}

/** One workflow with a branch for each operation of a node; the branches run one after the other. */
async function workflowOf(
	nodeType: string,
	places: readonly Place[],
	replyUrl: string,
	credential: (type: string) => Promise<Chosen>,
): Promise<Workflow> {
	const connections: Record<string, { main: { node: string; type: 'main'; index: number }[][] }> = {};
	const nodes: WorkflowNode[] = [
		{ ...button, id: 'button', typeVersion: 1, position: [0, 0] },
		{
			id: 'text',
			name: 'Text',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			position: [120, 0],
			parameters: { mode: 'raw', jsonOutput: '{"text": "A note"}', options: {} },
		},
	];
	const wire = (from: string, to: string): void => {
		const ways = (connections[from] ??= { main: [[]] });
		ways.main[0]?.push({ node: to, type: 'main', index: 0 });
	};
	wire(button.name, 'Text');
	for (const [row, place] of places.entries()) {
		const type = place.operation.credential;
		const before = [...itemNodes(place, row), ...fileNodes(place, row)];
		nodes.push(...before, {
			id: `operation-${row}`,
			name: place.title,
			type: `${place.tree}.${nodeType}`,
			typeVersion: 1,
			position: [480, row * 160],
			parameters: formOf(place, withReplyUrl(place.operation.examples[0]?.input ?? {}, replyUrl)),
			...(type === undefined ? {} : { credentials: { [type]: await credential(type) } }),
			onError: 'continueRegularOutput',
		});
		const chain = ['Text', ...before.map(({ name }) => name), place.title];
		for (const [at, name] of chain.slice(1).entries()) wire(chain[at] ?? name, name);
	}
	return { name: `Every operation of ${nodeType}`, nodes, connections };
}

/** Every operation of every service, in the real server, with the input of its first example. */
export function everyOperationTests(suite: () => Suite): void {
	let sandbox: Sandbox;
	const chosen = new Map<string, Chosen>();
	const credential = async (type: string): Promise<Chosen> => {
		const known = chosen.get(type);
		if (known) return known;
		const name = `${type} for every operation`;
		const made = {
			id: await suite().server.api.createCredential(type, name, sandboxValues(sandbox, type)),
			name,
		};
		chosen.set(type, made);
		return made;
	};
	beforeAll(async () => {
		sandbox = await startSandbox({ botDelayMs: 0 });
	});
	afterAll(async () => await sandbox?.close());

	describe.each(byNode)('%s', (nodeType, places) => {
		let execution: Execution;
		beforeAll(async () => {
			const { api } = suite().server;
			const replyUrl = await openReplyUrl(sandbox);
			const id = await api.createWorkflow(await workflowOf(nodeType, places, replyUrl, credential));
			execution = await api.runToEnd(id, button.name, AbortSignal.timeout(LIMIT_MS));
		}, LIMIT_MS);

		it.each(places.map((place) => [`${place.resource.name} ${place.operation.name}`, place] as const))(
			'%s',
			(_name, { title }) => {
				const items = execution.items(title);
				expect(items.map(({ json }) => json['error']).filter(Boolean)).toEqual([]);
				expect(items.length).toBeGreaterThan(0);
				for (const { pairedItem } of items) {
					expect([pairedItem].flat()[0]).toMatchObject({ item: 0 });
				}
			},
		);
	});
}
