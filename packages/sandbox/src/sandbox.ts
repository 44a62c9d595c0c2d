import type { AddressInfo } from 'node:net';
import { Bus } from './bus';
import { chatlayerRoutes } from './chatlayer';
import { coreRoutes } from './chatlayer/core';
import { ChatlayerWorld } from './chatlayer/world';
import { Clock } from './clock';
import type { Context } from './context';
import { controlRoutes } from './control';
import { consoleRoutes } from './control/console';
import { gateOf } from './control/gate';
import { Live } from './control/live';
import { collectRoutes, openApi } from './control/openapi';
import { DataFile } from './data-file';
import { faultHooks } from './faults/http';
import { Faults } from './faults/registry';
import type { Surface } from './faults/types';
import { actionRoutes, ActionWebhook } from './flowai/action-webhook';
import { fileRoutes } from './flowai/files';
import { managementRoutes } from './flowai/management';
import { restRoutes } from './flowai/rest';
import { socketHttpRoutes } from './flowai/socket/http';
import { SocketServer } from './flowai/socket/server';
import { FlowAiWorld } from './flowai/world';
import { flowXoRoutes } from './flowxo';
import { hookRoutes } from './flowxo/hooks';
import { FlowXoWorld } from './flowxo/world';
import { HttpError } from './http/errors';
import { guard, mount } from './http/scope';
import { createApp, logHooks } from './http/app';
import { Redactor, RequestLog, type RequestRecord } from './http/log';
import { Ids } from './ids';
import {
	DEFAULT_HOST,
	DEFAULT_KEYS,
	DEFAULT_SETTINGS,
	type SandboxKeys,
	type SandboxOptions,
	type SandboxSettings,
} from './options';
import { flowAiSource } from './seed/flowai';
import { flowXoSource } from './seed/flowxo';
import { Stories } from './seed/stories';
import { applySettings } from './settings';
import { Deliveries } from './webhook/deliveries';
import type { DeliveryRecord, WebhookTarget } from './webhook/target';
import { checkTarget } from './webhook/check-target';
import { World } from './world';

/** A running sandbox: three services on one port. */
export interface Sandbox {
	/** `http://host:port`. */
	readonly url: string;
	readonly keys: SandboxKeys;
	/** Base addresses to put into credentials. */
	readonly baseUrls: Record<'flowAi' | 'flowAiSocket' | 'flowXo' | 'chatlayer' | 'chatlayerCore', string>;
	/** Readings of the references; may be changed at any time. */
	readonly settings: SandboxSettings;
	readonly faults: Faults;
	readonly world: World;
	/** Sets or removes the webhook of the Flow.ai REST channel; throws a TypeError naming a wrong field. */
	setWebhook(target: WebhookTarget | null): void;
	/** Webhook calls with their attempts, oldest first. */
	deliveries(): DeliveryRecord[];
	/** Requests that arrived, oldest first, without secrets. */
	requests(): RequestRecord[];
	/** Open client sockets. */
	sockets(): number;
	/** Stops everything; nothing is left running. */
	close(): Promise<void>;
}

function surfaceOf(path: string): Surface {
	if (path.startsWith('/flowai/rest/')) return 'flowai-rest';
	if (path.startsWith('/flowai/v1')) return 'flowai-management';
	if (path.startsWith('/flowai')) return 'flowai-socket-info';
	if (path.startsWith('/flowxo')) return 'flowxo';
	return path.startsWith('/chatlayer-core') ? 'chatlayer-core' : 'chatlayer';
}

/**
 * Starts a sandbox.
 * @throws Error naming a wrong option; the error of the operating system when the port is taken
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const context = createContext(options);
	const stories = new Stories(context.seed);
	const chatlayer = new ChatlayerWorld(context, stories);
	const flowAi = new FlowAiWorld(context, flowAiSource(stories));
	const flowXo = new FlowXoWorld(context, flowXoSource(stories));
	flowAi.counted = (channel, language, _role, key) => void chatlayer.activity.count(channel, language, key);
	flowXo.counted = (channel, language, _role, key) => void chatlayer.activity.count(channel, language, key);
	const sockets = new SocketServer(context, flowAi);
	const actions = new ActionWebhook(context, flowAi);
	flowAi.onAction = (thread, query) => {
		if (actions.target) void actions.call(actions.target, thread, query).catch(() => undefined);
	};
	const world = new World(context, flowAi, flowXo, chatlayer, sockets, actions);

	const data =
		options.data === undefined
			? null
			: new DataFile(options.data, context, { flowAi, flowXo, chatlayer, actions });
	data?.open();
	// What was asked for now goes before what was kept.
	applySettings(context.settings, settingsIn(options));
	const gate = gateOf(options.host ?? DEFAULT_HOST);
	const live = new Live(context.bus, gate);

	const app = createApp();
	const routes = collectRoutes(app);
	mount(app, '', (services) => {
		logHooks(services, context, surfaceOf);
		faultHooks(services, context.faults, context.clock, surfaceOf);
		mount(services, '/flowai/rest/v1', (scope) => restRoutes(scope, context, flowAi));
		mount(services, '/flowai/v1', (scope) => managementRoutes(scope, context));
		mount(services, '/flowai', (scope) => socketHttpRoutes(scope, context, flowAi, sockets));
		mount(services, '/flowai', (scope) => actionRoutes(scope, actions));
		mount(services, '/flowai', (scope) => fileRoutes(scope, context));
		mount(services, '/flowxo/api', (scope) => flowXoRoutes(scope, context, flowXo));
		mount(services, '/flowxo', (scope) => hookRoutes(scope, context, flowXo));
		mount(services, '/chatlayer/v1', (scope) => chatlayerRoutes(scope, context, chatlayer));
		mount(services, '/chatlayer-core/v1', (scope) => coreRoutes(scope, context, chatlayer));
	});
	sockets.attach(app.server);
	live.attach(app.server);

	const base = (path: string): string => context.url + path;
	const sandbox: Sandbox = {
		get url() {
			return context.url;
		},
		keys: context.keys,
		get baseUrls() {
			return {
				flowAi: base('/flowai'),
				flowAiSocket: base('/flowai'),
				flowXo: base('/flowxo/api'),
				chatlayer: base('/chatlayer'),
				chatlayerCore: base('/chatlayer-core'),
			};
		},
		settings: context.settings,
		faults: context.faults,
		world,
		setWebhook: (target) => {
			context.webhook = target === null ? null : checkTarget(target);
			context.bus.emit({ topic: 'settings' });
		},
		deliveries: () => context.deliveries.all(),
		requests: () => context.requests.all(),
		sockets: () => sockets.open,
		close: async () => {
			data?.close();
			live.close();
			context.clock.close();
			sockets.close();
			context.deliveries.close();
			actions.close();
			chatlayer.subscriptions.close();
			context.bus.close();
			await app.close();
		},
	};
	if (options.webhook) sandbox.setWebhook(options.webhook);
	mount(app, '', (own) => {
		guard(own, ({ headers }) => {
			const refusal = gate(headers);
			if (refusal !== undefined) throw new HttpError(403, refusal);
		});
		consoleRoutes(own);
		own.get('/openapi.json', () => openApi(routes, context.url));
		mount(own, '/sandbox/api', (scope) => controlRoutes(scope, context, sandbox));
	});
	try {
		await app.listen({ port: options.port ?? 0, host: options.host ?? DEFAULT_HOST });
	} catch (error) {
		await sandbox.close();
		throw error;
	}
	const address = app.server.address() as AddressInfo;
	const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
	context.url = `http://${host === '0.0.0.0' || host === '[::]' ? '127.0.0.1' : host}:${address.port}`;
	return sandbox;
}

function createContext(options: SandboxOptions): Context {
	const bus = new Bus();
	const clock = new Clock(options.speed ?? 1);
	const faults = new Faults(bus);
	const keys = { ...DEFAULT_KEYS, ...options.keys };
	const seed = options.seed ?? 0;
	if (!Number.isInteger(seed) || seed < 0 || seed > 5_000_000)
		throw new RangeError('seed must be a number of conversations from 0');
	const settings = { ...DEFAULT_SETTINGS };
	applySettings(settings, settingsIn(options));
	let secrets = { webhook: null as WebhookTarget | null, list: secretsOf(keys, null) };
	const redactor = new Redactor(() => {
		const { webhook } = context;
		if (webhook !== secrets.webhook) secrets = { webhook, list: secretsOf(keys, webhook) };
		return secrets.list;
	});
	const context: Context = {
		bus,
		clock,
		faults,
		keys,
		settings,
		redactor,
		seed,
		ids: new Ids(options.instance),
		requests: new RequestLog(bus),
		deliveries: new Deliveries(clock, faults, bus, redactor),
		webhook: null,
		url: '',
	};
	return context;
}

function settingsIn(options: SandboxOptions): Partial<SandboxSettings> {
	const given = Object.entries(options).filter(
		([name, value]) => Object.hasOwn(DEFAULT_SETTINGS, name) && value !== undefined,
	);
	return Object.fromEntries(given);
}

function secretsOf(keys: SandboxKeys, webhook: WebhookTarget | null): string[] {
	const auth = webhook?.auth;
	const own = auth?.type === 'token' ? [auth.value] : auth?.type === 'jwt' ? [auth.secret] : [];
	const pair = `${keys.chatlayerTokenId}:${keys.chatlayerTokenSecret}`;
	return [...Object.values<string>({ ...keys }), pair, ...own];
}
