import { ConvoflowError } from '@convoflow/client';
import { NETWORK_NODES, type NetworkProperty } from '../model/network';
import type { Network, ProxySettings, TlsSettings } from '../ports/network';
import type { Red, RedNode } from './red';

/** Node-RED's config node "http proxy", as far as it is used. */
interface ProxyNode extends RedNode {
	readonly url?: unknown;
	readonly noproxy?: unknown;
}

/** Node-RED's config node "tls-config", as far as it is used. */
interface TlsNode extends RedNode {
	/** False when a certificate could not be read. */
	readonly valid?: boolean;
	addTLSOptions?(options: TlsSettings): TlsSettings;
}

const WORDS: Readonly<Record<NetworkProperty, string>> = { proxy: 'proxy', tls: 'TLS configuration' };

function problem(property: NetworkProperty, what: string, advice: string): ConvoflowError {
	return new ConvoflowError('CONVOFLOW_INVALID_INPUT', `The chosen ${WORDS[property]} ${what}`, { advice });
}

/** The select of the editor has a value of its own for "none". */
function chosen(
	red: Red,
	config: Readonly<Record<string, unknown>>,
	property: NetworkProperty,
): RedNode | undefined {
	const id = config[property];
	if (typeof id !== 'string' || id === '' || id === '_ADD_') return undefined;
	const node = red.nodes.getNode(id);
	if (node?.type === NETWORK_NODES[property]) return node;
	const advice = 'Deploy it first; if it is deployed, check that it is enabled. Nothing was sent.';
	throw problem(property, 'is not deployed', advice);
}

function proxySettings(node: ProxyNode | undefined): ProxySettings | undefined {
	if (!node) return undefined;
	const { username, password } = node.credentials ?? {};
	const noProxy = Array.isArray(node.noproxy) ? node.noproxy : [];
	return {
		url: typeof node.url === 'string' ? node.url : '',
		...(typeof username === 'string' ? { username } : {}),
		...(typeof password === 'string' ? { password } : {}),
		noProxy: noProxy.filter((one): one is string => typeof one === 'string'),
	};
}

function tlsOptions(node: TlsNode | undefined): TlsSettings | undefined {
	if (!node?.addTLSOptions) return undefined;
	if (node.valid === false) {
		throw problem(
			'tls',
			'has a certificate that cannot be read',
			'Open it and check its files. Nothing was sent.',
		);
	}
	const options = node.addTLSOptions({});
	// A field that was never filled in stands for the default.
	return { ...options, rejectUnauthorized: options.rejectUnauthorized !== false };
}

/**
 * How the connections of a config node leave this machine: by the proxy and with the certificates it names, else
 * as the environment of Node-RED says (`proxyOptions.env` in settings.js, or the process's own).
 * @param config the config node, or its form
 * @throws CONVOFLOW_INVALID_INPUT when one that it names is not there
 */
export function networkOf(red: Red, config: unknown): Network {
	const named = typeof config === 'object' && config !== null ? (config as Record<string, unknown>) : {};
	const proxy = proxySettings(chosen(red, named, 'proxy'));
	const tls = tlsOptions(chosen(red, named, 'tls'));
	return {
		...(proxy ? { proxy } : {}),
		...(tls ? { tls } : {}),
		env: red.settings.proxyOptions?.env ?? process.env,
	};
}
