import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startNodeRed, type NodeRed } from './harness';
import { credentialNode, debugNode, injectNode, node, TAB } from './harness/flow';

// Their Basic token ends in "==" and holds a "+" or a "/"; the ID alone is no part of it in base64.
const ID = 'fake-id-00>';
const SECRET = 'fake-secret-000>>>?';
const TOKEN = Buffer.from(`${ID}:${SECRET}`).toString('base64');
const UNPADDED = TOKEN.replace(/=+$/, '');

const FORMS: [string, string][] = [
	['the header', `Basic ${TOKEN}`],
	['the token', TOKEN],
	['the token without its padding', UNPADDED],
	['the token in a URL', encodeURIComponent(TOKEN)],
	[
		'the token in a URL, in small letters',
		encodeURIComponent(TOKEN).replace(/%../g, (one) => one.toLowerCase()),
	],
	['the pair', `${ID}:${SECRET}`],
	['the secret', SECRET],
	['the secret in a URL', encodeURIComponent(SECRET)],
	['the secret in base64', Buffer.from(SECRET).toString('base64')],
	['the secret in base64 for URLs', Buffer.from(SECRET).toString('base64url')],
];

describe('a service that echoes the credential in an error', () => {
	let server: Server;
	let red: NodeRed;
	/** What the service says, and whether it says it in JSON. */
	let echo = { words: '', isJson: true };
	beforeAll(async () => {
		server = createServer((request, response) => {
			request.resume();
			const { words, isJson } = echo;
			response.writeHead(400, { 'content-type': isJson ? 'application/json' : 'text/plain' });
			response.end(isJson ? JSON.stringify({ message: words }) : words);
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		red = await startNodeRed();
		const range = {
			period: 'custom',
			periodType: 'choice',
			startTime: '2026-03-01',
			startTimeType: 'str',
			endTime: '2026-03-04',
			endTimeType: 'str',
		};
		await red.deploy([
			TAB,
			injectNode('start', 'ask'),
			node('ask', 'chatlayer-analytics', {
				operation: 'analytics.getConversations',
				chatlayerApi: 'api',
				botId: 'k3v9x2ab',
				botIdType: 'str',
				...range,
			}),
			node('catch', 'catch', { scope: ['ask'] }, 'caught'),
			debugNode('caught'),
			credentialNode('api', {
				type: 'chatlayer-api',
				config: {
					region: 'custom',
					baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
				},
				credentials: { tokenId: ID, tokenSecret: SECRET },
			}),
		]);
	});
	afterAll(async () => {
		await red.stop();
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
	});

	it('has a token that shows the difference', () => {
		expect(TOKEN).toMatch(/[+/].*==$/);
	});

	it.each(FORMS)('%s is seen nowhere', async (_title, form) => {
		for (const isJson of [true, false]) {
			echo = { words: `No access with ${form} here`, isJson };
			const count = red.debug.filter(({ id }) => id === 'caught').length + 1;
			await red.inject('start');
			const caught = (await red.awaitDebug('caught', count)).at(-1) as { error: { message: string } };
			// Nothing of it is left, no half either.
			expect(caught.error.message).toMatch(/No access with (Basic )?(\[secret\]:)?\[secret\] here/);
			const seen = JSON.stringify([red.debug, red.statuses('ask')]) + red.log();
			for (const [, one] of FORMS) expect(seen).not.toContain(JSON.stringify(one).slice(1, -1));
		}
	});
});
