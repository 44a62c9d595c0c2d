import { N8nBench, start } from '../hosts/n8n';
import { paired, type Line } from '../figure';
import { startStandIn } from '../stand-in';
import type { NodeSketch } from '../../../packages/demo/src/n8n/workflows';

const SENDS = 2_000;
const THREADS = 50;
const DELAY_MS = 20;
const OURS = 'Flow.ai';
const THEIRS = 'HTTP Request';

/** Whose code it is, by its address; what belongs to Node.js counts for its caller. */
const OWNERS = {
	"n8n's helper and the HTTP client behind it":
		/axios|follow-redirects|form-data|request-helper|ssrf|proxy-agent|agent-base|proxy-from-env|backend-network/,
	"n8n's credentials, read and decrypted for each request":
		/encryption|typeorm|sqlite|credentials-helper|[\\/]tarn[\\/]/,
	"n8n's expressions": /expression-runtime|luxon|isolated-vm|n8n-workflow.*(?:expression|data-proxy)/,
	'our node': /n8n-nodes-flowai/,
	"n8n's running of the workflow": /n8n-workflow|n8n-core|n8n[\\/]dist/,
};

/** One item a message: the text is its number within its thread. */
const messages: NodeSketch[] = [
	{
		name: 'Messages',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: `={{ { rows: Array.from({ length: ${SENDS} }, (_, n) => ({ thread: 't-' + (n % ${THREADS}), text: String(Math.floor(n / ${THREADS})) })) } }}`,
			options: {},
		},
	},
	{
		name: 'One each',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		parameters: { fieldToSplitOut: 'rows', options: {} },
	},
];

const request = (baseUrl: string): NodeSketch => ({
	name: THEIRS,
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		method: 'POST',
		url: `=${baseUrl}/rest/v1/messages/{{ $json.thread }}`,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'authorization', value: 'Bearer bench' }] },
		sendBody: true,
		specifyBody: 'json',
		jsonBody:
			'={{ { payload: { type: "text", speech: $json.text, originator: { name: "Workflow", role: "external" } } } }}',
		options: {},
	},
});

const ours: NodeSketch = {
	name: OURS,
	type: 'n8n-nodes-flowai.flowAi',
	credential: 'flowAiApi',
	parameters: {
		resource: 'message',
		operation: 'sendText',
		threadId: { __rl: true, mode: 'id', value: '={{ $json.thread }}' },
		text: '={{ $json.text }}',
	},
};

/** Sending many messages in n8n. */
export const n8nSends: Line = {
	name: 'n8n-sends',
	run: async ({ rounds }) => {
		const standIn = await startStandIn();
		const baseUrl = standIn.base(DELAY_MS);
		const n8n = await N8nBench.start({ flowAi: baseUrl, flowXo: baseUrl });
		try {
			const ourFlow = await n8n.create('ours', start, ...messages, ours);
			const theirFlow = await n8n.create('theirs', start, ...messages, request(baseUrl));
			let disorder = 0;
			let theirDisorder = 0;
			const round = async (id: string, node: string): Promise<number> => {
				const arrived = standIn.arrived(SENDS);
				const seconds = await n8n.seconds(id, node);
				const { outOfOrder } = await arrived;
				if (node === OURS) disorder += outOfOrder;
				else theirDisorder += outOfOrder;
				return seconds;
			};
			const result = await paired(
				rounds,
				async () => await round(ourFlow, OURS),
				async () => await round(theirFlow, THEIRS),
			);
			const { mostUnderWay } = await standIn.counts();
			const arrived = standIn.arrived(SENDS);
			const shares = await n8n.shares(ourFlow, OWNERS);
			await arrived;
			const told = Object.entries(shares)
				.sort(([, one], [, other]) => other - one)
				.map(([owner, share]) => `${owner} ${(share * 100).toFixed(0)} %`);
			return [
				{
					work: `n8n: ${SENDS} Flow.ai sends over ${THREADS} threads, ${DELAY_MS} ms, in order`,
					ours: result.ours,
					theirs: result.theirs,
					unit: 's',
					ratio: result.theirsByOurs,
					target: '≥ 2.6 times as fast and ≤ 1.5 s',
					met: result.theirsByOurs >= 2.6 && result.ours <= 1.5 && disorder === 0,
					against: 'HTTP Request, without an order',
					rounds,
					note: `out of order: ours ${disorder}, theirs ${theirDisorder}; at most ${mostUnderWay} at once on either side; processor time of a run of ours: ${told.join(', ')}`,
				},
			];
		} finally {
			await n8n.stop();
			standIn.stop();
		}
	},
};
