import { isDynamic, type Setting } from './check-field';
import type { CredentialSpec, ListSpec } from './form-spec';

/** What the editor shows in place of a stored secret. */
const UNCHANGED = '__PWRD__';

/** A credential as the editor holds it: a secret only where it was typed since the last deploy. */
function credentialValues(
	{ fields }: CredentialSpec,
	node: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	const secrets = (node['credentials'] ?? {}) as Readonly<Record<string, unknown>>;
	return Object.fromEntries(
		fields.flatMap((name) => {
			const value = Object.hasOwn(secrets, name) ? secrets[name] : node[name];
			return value === undefined || value === UNCHANGED || (Object.hasOwn(secrets, name) && value === '')
				? []
				: [[name, value]];
		}),
	);
}

/**
 * Where to ask for a list, and what to send.
 * @param id of the config node that is chosen
 * @param settingOf what another field of the form is set to; what comes with each message is not known here
 * @returns undefined while no credential is chosen
 */
export function listQuestion(
	credential: CredentialSpec | undefined,
	id: string,
	{ name, dependsOn }: ListSpec,
	settingOf: (property: string) => Setting | undefined,
): { url: string; body: object } | undefined {
	const node = id === '' ? null : RED.nodes.node(id);
	if (!credential || !node) return undefined;
	const values = Object.entries(dependsOn).flatMap(([field, property]) => {
		const setting = settingOf(property);
		return setting && !isDynamic(setting.type) && setting.value !== '' ? [[field, setting.value]] : [];
	});
	return {
		url: `${credential.type}/${encodeURIComponent(id)}/search`,
		body: {
			search: name,
			values: Object.fromEntries(values) as object,
			credential: credentialValues(credential, node),
		},
	};
}
