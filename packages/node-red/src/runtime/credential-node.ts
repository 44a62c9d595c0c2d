import type { Credential } from '@convoflow/kit';
import { privateFieldsOf } from '../model/names';
import { networkOf } from './network-of';
import { ServiceLink, setLink } from './service-link';
import { registerSearchRoute } from './search-route';
import { registerTestRoute } from './test-route';
import type { Red, RedNode } from './red';

/** A node's log as the client writes to it. */
export function logOf(node: RedNode): ServiceLink['log'] {
	return (level, message) => {
		if (level === 'error') node.error(message);
		else if (level === 'warn') node.warn(message);
		else if (level === 'info') node.log(message);
		else node.debug(message);
	};
}

/** Registers the config node of a credential: its settings, its connections, its test. */
export function registerCredentialNode(red: Red, credential: Credential): void {
	red.nodes.registerType(
		credential.nodeRedType,
		function (config) {
			red.nodes.createNode(this, config);
			const name = config['name'];
			const label = typeof name === 'string' && name !== '' ? name : credential.displayName;
			const raw = { ...config, ...this.credentials };
			const link = new ServiceLink(credential, raw, label, () => networkOf(red, config), logOf(this));
			setLink(this, link);
			this.on('close', (_removed, done) => {
				link.close().then(done, done);
			});
		},
		{ credentials: privateFieldsOf(credential.fields) },
	);
	registerTestRoute(red, credential);
	registerSearchRoute(red, credential);
}
