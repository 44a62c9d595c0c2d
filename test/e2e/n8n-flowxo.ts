import { button, workflow, type NodeSketch } from '../../packages/demo/src/n8n/workflows';
import { EditorPage } from './n8n-editor-page';
import type { Suite } from './n8n-suite';

const FLOW_XO = 'n8n-nodes-flowxo.flowXo';

/** A node of Flow XO's conversations. */
function conversation(name: string, operation: string, parameters: object): NodeSketch {
	return {
		name,
		type: FLOW_XO,
		parameters: { resource: 'conversation', operation, ...parameters },
		credential: 'flowXoApi',
	};
}

const NEWEST = conversation('The newest chats', 'getMany', { limit: 3 });
const ONE_FILE = conversation('All in one file', 'exportTranscripts', { format: 'csv' });
const BAD_RANGE = conversation('A range the wrong way round', 'getMany', {
	additionalFields: { start: '2026-03-02', end: '2026-03-01' },
});

/** What a person sees and does with the forms of Flow XO in the editor. */
export function flowXoTests(suite: () => Suite): void {
	let editor: EditorPage;
	beforeAll(async () => {
		editor = await EditorPage.open(suite().server);
		const { server, credentials } = suite();
		const made = workflow('Flow XO', credentials, [button, NEWEST, ONE_FILE], [button, BAD_RANGE]);
		// The second chain begins at the button of the first.
		const nodes = made.nodes.filter(
			({ name }, at) => made.nodes.findIndex((one) => one.name === name) === at,
		);
		const next = [NEWEST, BAD_RANGE].map(({ name: node }) => ({ node, type: 'main', index: 0 }));
		const connections = { ...made.connections, [button.name]: { main: [next] } };
		await editor.openWorkflow(
			await server.api.createWorkflow({ ...made, nodes, connections } as typeof made),
		);
	});
	afterAll(async () => await editor?.close());

	it('lists conversations as a table of ten columns', async () => {
		await editor.openNode(NEWEST.name);
		expect(await editor.labels()).toEqual(
			expect.arrayContaining(['Resource', 'Operation', 'Return All', 'Limit', 'Simplify']),
		);
		await editor.execute();
		const [head, ...rows] = await editor.table();
		expect(head).toEqual([
			'id',
			'userName',
			'platform',
			'botName',
			'agentMode',
			'unreachable',
			'createdAt',
			'lastMessage',
			'lastMessageRole',
			'lastMessageAt',
		]);
		expect(rows).toHaveLength(3);
		await editor.closeNode();
	});

	it('writes the conversations of all items into one file', async () => {
		await editor.openNode(ONE_FILE.name);
		expect(await editor.labels()).toEqual(expect.arrayContaining(['Format', 'Put Output File in Field']));
		await editor.execute();
		const [head, row] = await editor.tableBesideFile();
		expect(Object.fromEntries((head ?? []).map((name, at) => [name, row?.[at]]))).toEqual({
			fileName: 'transcripts.csv',
			mimeType: 'text/csv',
			format: 'csv',
			conversations: '3',
		});
		await editor.closeNode();
	});

	it('says which field is wrong, and that nothing was sent', async () => {
		const before = suite().sandbox.requests().length;
		await editor.openNode(BAD_RANGE.name);
		await editor.execute();
		const { message, description } = await editor.errorView();
		expect(message).toContain('Start must not be later than End');
		expect(description).toContain('Change the field "Start"');
		expect(suite().sandbox.requests()).toHaveLength(before);
		await editor.closeNode();
	});
}
