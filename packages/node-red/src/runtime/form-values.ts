import type { Credential } from '@convoflow/kit';
import { isPrivate } from '../model/names';
import type { Red } from './red';

/** What the editor shows in a password field whose value is stored and was not typed again. */
const UNCHANGED = '__PWRD__';

/** Resolves `${NAME}` as Node-RED does when it starts a node: the whole value, nothing inside a text. */
function resolved(red: Red, nodeId: string, value: unknown): unknown {
	const name = typeof value === 'string' ? /^\$\{(\S+)\}$/.exec(value)?.[1] : undefined;
	return name === undefined ? value : red.util.getSetting(red.nodes.getNode(nodeId), name);
}

/**
 * The values of a credential as the editor's form holds them, before they are deployed. Typed values win; a
 * stored secret is used only where the form still shows its placeholder or says nothing.
 * @param typed what the editor sent, by field
 */
export function formValues(
	red: Red,
	credential: Credential,
	nodeId: string,
	typed: unknown,
): Record<string, unknown> {
	const given = typeof typed === 'object' && typed !== null ? (typed as Record<string, unknown>) : {};
	const stored = red.nodes.getCredentials(nodeId) ?? {};
	return Object.fromEntries(
		Object.entries(credential.fields).map(([name, field]) => {
			const value = Object.hasOwn(given, name) ? given[name] : undefined;
			const isStored = isPrivate(field) && (value === UNCHANGED || value === undefined);
			return [name, resolved(red, nodeId, isStored ? stored[name] : value)];
		}),
	);
}
