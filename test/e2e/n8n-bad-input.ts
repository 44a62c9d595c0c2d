import {
	CREDENTIAL_NAMES,
	flowAi,
	thread,
	type CredentialIds,
	type NodeSketch,
} from '../../packages/demo/src/n8n/workflows';
import { runNodes, type Suite } from './n8n-suite';

const KEY = 'wrong-key-that-must-not-be-shown';
const send = (text: string): NodeSketch =>
	flowAi('Send', 'message', 'sendText', { threadId: thread('visitor-17'), text });

/** What a case puts into the credential, which node runs, and what the error view says. */
export interface BadInput {
	readonly node: NodeSketch;
	readonly credential?: (suite: Suite) => Readonly<Record<string, string>>;
	/** What happened. */
	readonly message: RegExp;
	/** How to get unstuck. */
	readonly description: RegExp;
}

/** Bad input by what is bad about it. */
export const BAD_INPUT: Readonly<Record<string, BadInput>> = {
	'a wrong key': {
		node: send('Hello'),
		credential: () => ({ apiKey: KEY }),
		message: /did not accept the key/,
		description: /credential/,
	},
	'an unknown thread': {
		node: flowAi('Read', 'message', 'getMany', { threadId: thread('nobody-has-this-thread') }),
		message: /does not know this thread/,
		description: /"Thread"/,
	},
	'an empty text from an item': {
		node: send('={{ $json.text ?? "" }}'),
		message: /Text is empty/,
		description: /"Text"/,
	},
	'a text that is too long': {
		node: send('x'.repeat(256)),
		message: /Text has 256 characters; at most 255/,
		description: /"Text".*Nothing was sent/,
	},
	'a thread that would leave its place in the URL': {
		node: flowAi('Read', 'message', 'getMany', { threadId: thread('..') }),
		message: /Thread/,
		description: /"Thread"/,
	},
	'a host that does not exist': {
		node: send('Hello'),
		credential: () => ({ baseUrl: 'http://no-such-host.invalid' }),
		message: /could not be (reached|found)|cannot be (reached|found)/,
		description: /base URL/i,
	},
	'a port where nothing listens': {
		node: send('Hello'),
		credential: () => ({ baseUrl: 'http://127.0.0.1:9' }),
		message: /Nothing answers at/,
		description: /base URL/i,
	},
	'an answer that is a page': {
		node: send('Hello'),
		credential: ({ loginPage }) => ({ baseUrl: loginPage.url }),
		message: /JSON|page/,
		description: /base URL/i,
	},
	'a base URL that is no address': {
		node: send('Hello'),
		credential: () => ({ baseUrl: 'not an address' }),
		message: /Base URL/i,
		description: /credential/i,
	},
};

/** The credentials of the suite, that of Flow.ai changed as a case wants it. */
export async function credentialsFor(suite: Suite, { credential }: BadInput): Promise<CredentialIds> {
	const { server, sandbox, credentials } = suite;
	if (!credential) return credentials;
	const data = { apiKey: sandbox.keys.flowAiRest, baseUrl: sandbox.baseUrls.flowAi, ...credential(suite) };
	return {
		...credentials,
		flowAiApi: await server.api.createCredential('flowAiApi', CREDENTIAL_NAMES.flowAiApi, data),
	};
}

/** Bad input as an execution keeps it: what happened, how to get unstuck, and no secret. */
export function badInputTests(suite: () => Suite): void {
	it.each(Object.entries(BAD_INPUT))('%s', async (_name, one) => {
		const credentials = await credentialsFor(suite(), one);
		const { status, error } = await runNodes({ ...suite(), credentials }, one.node);
		expect(status).toBe('error');
		expect(error?.message).toMatch(one.message);
		expect(error?.description).toMatch(one.description);
		expect(JSON.stringify(error)).not.toContain(KEY);
		expect(JSON.stringify(error)).not.toContain(suite().sandbox.keys.flowAiRest);
	});

	it('an empty text in the form is refused by n8n itself, with the name of the field', async () => {
		const { status, error } = await runNodes(suite(), send(''));
		expect(status).toBe('error');
		expect(`${error?.message}`).toMatch(/"Text" is required/);
	});
}
