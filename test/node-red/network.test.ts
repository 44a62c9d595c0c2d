import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { makeCertificate } from '../support/certificate';
import { httpProxy, tlsFront, type HttpProxy, type LocalServer } from '../support/network';
import { startNodeRed, type FlowNode, type NodeRed, type Settings } from './harness';
import { credentialNode, node, TAB } from './harness/flow';
import { like } from './harness/matchers';
import { sandboxSettings } from './harness/sandbox-settings';

// Nobody but the proxies of this test knows these names.
const SECURE = 'secure.sandbox.invalid';
const PLAIN = 'plain.sandbox.invalid';
const PASSWORD = 'fake-proxy-password';
/** Longest start of Node-RED, on a machine that is busy. */
const START_MS = 90_000;
const CONNECTED = 'flowai-stream.status.connected';

let sandbox: Sandbox;
let front: LocalServer;
let proxy: HttpProxy;
const certificate = makeCertificate([SECURE, '127.0.0.1']);

beforeAll(async () => {
	sandbox = await startSandbox();
	sandbox.world.ensureThread('t-net', 'socket');
	front = await tlsFront(Number(new URL(sandbox.url).port), certificate);
	proxy = await httpProxy(
		(target) => (target.startsWith(SECURE) ? front.port : Number(new URL(sandbox.url).port)),
		`ops:${PASSWORD}`,
	);
});
afterAll(async () => {
	await proxy.close();
	await front.close();
	await sandbox.close();
});
beforeEach(() => {
	proxy.asked.length = 0;
});

/** Settings of a service that is reached at another origin. */
function at(origin: string, property: string, more: object = {}): Settings {
	const settings = sandboxSettings(sandbox)[property] as Settings;
	const { pathname } = new URL(String(settings.config?.['baseUrl']));
	return { ...settings, config: { ...settings.config, baseUrl: `${origin}${pathname}`, ...more } };
}

const tlsNode = (more: object = {}): FlowNode => ({
	id: 'tls',
	type: 'tls-config',
	certType: 'files',
	verifyservercert: true,
	credentials: { cadata: certificate.cert },
	...more,
});
const proxyNode = (password = PASSWORD, noproxy: readonly string[] = []): FlowNode => ({
	id: 'proxy',
	type: 'http proxy',
	url: `http://127.0.0.1:${proxy.port}`,
	noproxy,
	credentials: { username: 'ops', password },
});
const stream = (id: string): FlowNode =>
	node(id, 'flowai-stream', { flowAiSocketApi: 'socket', threadId: 't-net', events: 'message' });

describe('NODE-37 with a proxy and an authority of one’s own', () => {
	let red: NodeRed;
	beforeAll(async () => {
		red = await startNodeRed();
	}, START_MS);
	afterAll(async () => await red.stop());

	/** Pauses a bot with the REST API as it is reached by `settings`. */
	const pause = async (settings: Settings): ReturnType<NodeRed['callNode']> =>
		await red.callNode({
			type: 'flowai-bot',
			config: { operation: 'bot.pause', threadId: 't-net', threadIdType: 'str' },
			settings: { flowAiApi: settings },
			msg: {},
		});

	it('requests and sockets go through the proxy, and the certificate is checked by the authority', async () => {
		const named = { proxy: 'proxy', tls: 'tls' };
		await red.deploy([
			TAB,
			proxyNode(),
			tlsNode(),
			stream('listens'),
			credentialNode('socket', at(`https://${SECURE}`, 'flowAiSocketApi', named)),
		]);
		await red.awaitStatus('listens', CONNECTED);
		expect(sandbox.sockets()).toBe(1);
		expect(await pause(at(`https://${SECURE}`, 'flowAiApi', named))).toEqual({ output: 0, msg: like({}) });
		// For socket.info with the history, the socket, and the REST API.
		expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${SECURE}:443`]));
		expect(proxy.asked.length).toBeGreaterThanOrEqual(3);
		expect(red.log()).not.toContain(PASSWORD);
	});

	it('what is not encrypted is sent to the proxy as it is, its sockets through a tunnel', async () => {
		await red.deploy([
			TAB,
			proxyNode(),
			stream('plain'),
			credentialNode('socket', at(`http://${PLAIN}`, 'flowAiSocketApi', { proxy: 'proxy' })),
		]);
		await red.awaitStatus('plain', CONNECTED);
		expect(proxy.asked[0]).toMatch(`GET http://${PLAIN}/`);
		expect(proxy.asked).toContain(`CONNECT ${PLAIN}:80`);
	});

	it('says that the proxy refuses, without its password, and works once it is corrected', async () => {
		const flow = (password: string): FlowNode[] => [
			TAB,
			proxyNode(password),
			tlsNode(),
			stream('listens'),
			credentialNode('socket', at(`https://${SECURE}`, 'flowAiSocketApi', { proxy: 'proxy', tls: 'tls' })),
		];
		await red.deploy(flow('fake-wrong-password'));
		await red.awaitStatus('listens', 'flowai-stream.status.reconnecting');
		expect(red.log()).toContain('The proxy answers with status 407: it asks for a user name and a password');
		const old = red.statuses('listens').length;
		await red.deploy(flow(PASSWORD), 'nodes');
		await red.awaitStatus('listens', CONNECTED, old);
		expect(red.log()).not.toMatch(/fake-wrong-password|fake-proxy-password/);
	});

	it('says that the proxy does not answer, and not that the service does not', async () => {
		const gone = await httpProxy(() => 0);
		await gone.close();
		await red.deploy([TAB, { ...proxyNode(), url: `http://127.0.0.1:${gone.port}` }]);
		const { error } = await pause(at(`https://${SECURE}`, 'flowAiApi', { proxy: 'proxy' }));
		expect(error).toMatchObject({
			code: 'FLOWAI_PROXY',
			message: expect.stringContaining(`The proxy 127.0.0.1:${gone.port} does not answer`) as string,
		});
	});

	it('hosts that the proxy node leaves out are reached directly', async () => {
		await red.deploy([TAB, proxyNode(PASSWORD, ['127.0.0.1'])]);
		const { msg } = await pause(at(sandbox.url, 'flowAiApi', { proxy: 'proxy' }));
		expect([msg !== undefined, proxy.asked]).toEqual([true, []]);
	});

	it('without the authority the certificate is refused, unless checking is off', async () => {
		const origin = `https://127.0.0.1:${front.port}`;
		await red.deploy([TAB, tlsNode({ verifyservercert: false, credentials: {} })]);
		expect((await pause(at(origin, 'flowAiApi'))).error).toMatchObject({ code: 'FLOWAI_TLS' });
		expect((await pause(at(origin, 'flowAiApi', { tls: 'tls' }))).msg).toBeDefined();
		await red.deploy([
			TAB,
			tlsNode(),
			stream('listens'),
			credentialNode('socket', at(origin, 'flowAiSocketApi')),
		]);
		await red.awaitStatus('listens', 'flowai-stream.status.stopped');
	});

	it('names a proxy or a TLS configuration that is not there', async () => {
		await red.deploy([TAB]);
		const { error } = await pause(at(sandbox.url, 'flowAiApi', { tls: 'nowhere' }));
		expect(error).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			message: expect.stringContaining('The chosen TLS configuration is not deployed') as string,
		});
	});

	it('the test of a credential takes the way that its form names', async () => {
		await red.deploy([TAB, proxyNode(), tlsNode()]);
		const { config, credentials } = at(`https://${SECURE}`, 'flowAiApi', { proxy: 'proxy', tls: 'tls' });
		const ask = async (form: object): Promise<unknown> => {
			const response = await red.admin('/flowai-api/new/test', {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(form),
			});
			return await response.json();
		};
		expect(await ask({ ...config, ...credentials })).toMatchObject({ ok: true });
		expect(proxy.asked).toEqual([`CONNECT ${SECURE}:443`]);
		expect(await ask({ ...config, ...credentials, tls: '_ADD_' })).toMatchObject({
			ok: false,
			code: 'FLOWAI_TLS',
		});
	});
});

it(
	'NODE-37 without a chosen proxy the environment holds, and NO_PROXY is obeyed',
	async () => {
		const open = await httpProxy(() => Number(new URL(sandbox.url).port));
		const red = await startNodeRed({
			env: { HTTP_PROXY: `http://127.0.0.1:${open.port}`, NO_PROXY: '127.0.0.1,localhost' },
		});
		try {
			const flow = (origin: string): FlowNode[] => [
				TAB,
				stream('listens'),
				credentialNode('socket', at(origin, 'flowAiSocketApi')),
			];
			await red.deploy(flow(sandbox.url));
			await red.awaitStatus('listens', CONNECTED);
			expect(open.asked).toEqual([]);
			const old = red.statuses('listens').length;
			await red.deploy(flow(`http://${PLAIN}`));
			await red.awaitStatus('listens', CONNECTED, old);
			expect(open.asked).toContain(`CONNECT ${PLAIN}:80`);
		} finally {
			await red.stop();
			await open.close();
		}
	},
	START_MS,
);
