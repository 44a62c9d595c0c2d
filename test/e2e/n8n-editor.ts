import { importDemo } from '../../packages/demo/src/n8n/demo';
import { button, flowAi, NODES, thread, workflow } from '../../packages/demo/src/n8n/workflows';
import { BAD_INPUT, credentialsFor } from './n8n-bad-input';
import { EditorPage } from './n8n-editor-page';
import type { Suite } from './n8n-suite';

const FLOW_AI = 'n8n-nodes-flowai.flowAi';

/** What a person sees and does in the editor. */
export function editorTests(suite: () => Suite): void {
	let editor: EditorPage;
	beforeAll(async () => {
		editor = await EditorPage.open(suite().server);
	});
	afterAll(async () => await editor?.close());

	it('finds the node by its old and its new name, fills its form, runs it and shows the output', async () => {
		await editor.openWorkflow();
		await editor.addManualTrigger();
		expect(await editor.search('Khoros', FLOW_AI)).toContain('Flow.ai');
		await editor.pictureOfPanel('node-panel');
		await editor.choose(FLOW_AI, 'Send text message');
		expect(await editor.labels()).toEqual(
			expect.arrayContaining([
				'Resource',
				'Operation',
				'Thread',
				'Text',
				'Originator Name',
				'Originator Role',
			]),
		);
		await editor.fillThread('visitor-18');
		await editor.fill('text', 'Is table six free at 19:45?');
		await editor.picture('form');
		await editor.execute();
		const [head, row] = await editor.table();
		expect(head).toEqual(['status', 'threadId', 'traceId']);
		expect(row?.slice(0, 2)).toEqual(['ok', 'visitor-18']);
		expect(JSON.stringify(suite().sandbox.world.messages('visitor-18'))).toContain('19:45');
	});

	it('picks a thread from the list of the account, found by what is typed', async () => {
		const { server, credentials } = suite();
		const read = flowAi('Pick a thread', 'message', 'getMany', {});
		await editor.openWorkflow(await server.api.createWorkflow(workflow('Pick', credentials, [button, read])));
		await editor.openNode('Pick a thread');
		const offered = await editor.pickFromList('t-100', 'picker');
		expect(offered[0]).toContain('t-100');
		expect(await editor.located()).toBe(offered[0]);
		await editor.execute();
		expect((await editor.table()).length).toBeGreaterThan(1);
	});

	it('shows the messages of a thread as a table', async () => {
		const { server, credentials } = suite();
		const read = flowAi('Get the messages', 'message', 'getMany', {
			threadId: thread('t-101'),
			returnAll: true,
		});
		await editor.openWorkflow(
			await server.api.createWorkflow(workflow('Read a thread', credentials, [button, read])),
		);
		await editor.openNode('Get the messages');
		await editor.execute();
		const [head, ...rows] = await editor.table();
		expect(head).toEqual(expect.arrayContaining(['threadId', 'text', 'role']));
		expect(rows.length).toBe(
			suite()
				.sandbox.world.messages('t-101')
				.flatMap(({ messages }) => messages).length,
		);
		await editor.picture('output-table');
	});

	describe('says what happened and how to get unstuck:', () => {
		const cases = Object.entries(BAD_INPUT);
		beforeAll(async () => {
			// All of them side by side in one workflow: the editor takes longer to open than a node to run.
			const { api } = suite().server;
			const made = cases.map(async ([name, one]) =>
				workflow('Bad input', await credentialsFor(suite(), one), [button, { ...one.node, name }]),
			);
			const [first, ...others] = await Promise.all(made);
			if (!first) throw new Error('There is no bad input');
			const branches = others.flatMap(({ nodes }) => nodes.slice(1));
			const wires = [first, ...others].flatMap(({ connections }) => connections[button.name]?.main[0] ?? []);
			const nodes = [...first.nodes, ...branches].map((node, row) =>
				row === 0 ? node : { ...node, position: [300, row * 160] as const },
			);
			await editor.openWorkflow(
				await api.createWorkflow({ ...first, nodes, connections: { [button.name]: { main: [wires] } } }),
			);
			await editor.showCanvas();
		});

		it.each(cases)('%s', async (name, one) => {
			await editor.openNode(name);
			try {
				await editor.execute();
				const { message, description } = await editor.errorView();
				expect(message).toMatch(one.message);
				expect(description).toMatch(one.description);
				if (name === 'a wrong key') await editor.picture('error');
			} finally {
				await editor.closeNode();
			}
		});
	});

	it('shows the demo on the canvas, and what its nodes of Flow XO and Chatlayer bring', async () => {
		const { server, sandbox } = suite();
		const ids = await importDemo(server, sandbox, suite().credentials);
		await editor.openWorkflow(ids.react);
		await editor.showCanvas();
		await editor.picture('canvas');
		await server.api.deactivate(ids.react);
		sandbox.setWebhook(null);
		const runs = [
			[ids.conversations, NODES.conversations, 'run-flow-xo', 'platform'],
			[ids.analytics, NODES.analytics, 'run-chatlayer', 'value'],
		] as const;
		for (const [workflowId, node, picture, column] of runs) {
			await editor.openWorkflow(workflowId);
			await editor.openNode(node);
			await editor.execute();
			const [head, ...rows] = await editor.table();
			expect(head).toContain(column);
			expect(rows.length).toBeGreaterThan(3);
			await editor.picture(picture);
		}
	});

	it('shows where a package is installed', async () => {
		await editor.fillInstall('n8n-nodes-flowai');
		await editor.picture('install');
	});
}
