import { flowAi, setFields, thread, type NodeSketch } from '../../packages/demo/src/n8n/workflows';
import { runNodes, type Suite } from './n8n-suite';

const CONTENT = 'Åtta personer, tack! '.repeat(500);

/** Files in and out, where the server keeps them as it is set to. */
export function binaryTests(suite: () => Suite): void {
	it('sends a file that another node made, as it is', async () => {
		const file: NodeSketch = {
			name: 'File',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: {
				operation: 'toText',
				sourceProperty: 'text',
				binaryPropertyName: 'data',
				options: { fileName: 'booking.txt' },
			},
		};
		const send = flowAi('Send', 'message', 'sendMediaFile', { threadId: thread('e2e-file'), file: 'data' });
		const execution = await runNodes(suite(), setFields('Text', { text: CONTENT }), file, send);
		expect(execution.error).toBeUndefined();
		expect(execution.items('Send')[0]?.json).toMatchObject({ fileName: 'booking.txt' });
		const said = JSON.stringify(suite().sandbox.world.messages('e2e-file'));
		const [address = ''] = /http:[^"]+\/files\/[^"]+/.exec(said) ?? [];
		expect(await (await fetch(address)).text()).toBe(CONTENT);
	});

	it('puts a file out that other nodes can read', async () => {
		const transcript: NodeSketch = {
			name: 'Transcript',
			type: 'n8n-nodes-flowxo.flowXo',
			credential: 'flowXoApi',
			parameters: {
				resource: 'conversation',
				operation: 'exportTranscript',
				conversationId: {
					__rl: true,
					mode: 'id',
					value: '={{ $json._id ?? $json.id ?? $json.conversationId }}',
				},
			},
		};
		const list: NodeSketch = {
			name: 'List',
			type: 'n8n-nodes-flowxo.flowXo',
			credential: 'flowXoApi',
			parameters: { resource: 'conversation', operation: 'getMany', limit: 1 },
		};
		const read: NodeSketch = {
			name: 'Read',
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1,
			parameters: { operation: 'text', binaryPropertyName: 'data', options: {} },
		};
		const execution = await runNodes(suite(), list, transcript, read);
		expect(execution.error).toBeUndefined();
		const [{ json } = { json: {} }] = execution.items('Transcript');
		expect(json['fileName']).toEqual(expect.stringMatching(/^transcript-.*\.md$/));
		const [listed = { json: {} }] = execution.items('List');
		const text = JSON.stringify(execution.items('Read')[0]?.json['data'] ?? '');
		expect(text).toContain(String(listed.json['userName']));
	});

	it('keeps no bytes inside the items', async () => {
		const file: NodeSketch = {
			name: 'File',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: { operation: 'toText', sourceProperty: 'text', binaryPropertyName: 'data', options: {} },
		};
		const execution = await runNodes(suite(), setFields('Text', { text: CONTENT }), file);
		const item = execution.items('File')[0] as { binary?: { data?: { id?: string } } } | undefined;
		expect(item?.binary?.data?.id).toMatch(new RegExp(`^${suite().binaryMode}`));
	});
}
