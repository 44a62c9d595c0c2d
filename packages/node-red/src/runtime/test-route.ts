import { readFields, testCredential, type Credential, type TestResult } from '@convoflow/kit';
import { toConvoflowError } from '@convoflow/client';
import { makePorts } from '../ports/host';
import { isPrivate } from '../model/names';
import { readContext } from './service-link';
import type { Red } from './red';

/** What the editor shows in a password field whose value is stored and was not typed again. */
const UNCHANGED = '__PWRD__';

/** Resolves `${NAME}` as Node-RED does when it starts a node: the whole value, nothing inside a text. */
function resolved(red: Red, nodeId: string, value: unknown): unknown {
	const name = typeof value === 'string' ? /^\$\{(\S+)\}$/.exec(value)?.[1] : undefined;
	return name === undefined ? value : red.util.getSetting(red.nodes.getNode(nodeId), name);
}

/** Typed values win; a stored secret is used only where the form still shows its placeholder. */
function valuesToTest(
	red: Red,
	credential: Credential,
	nodeId: string,
	body: unknown,
): Record<string, unknown> {
	const typed = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
	const stored = red.nodes.getCredentials(nodeId) ?? {};
	return Object.fromEntries(
		Object.entries(credential.fields).map(([name, field]) => {
			const value = Object.hasOwn(typed, name) ? typed[name] : undefined;
			const isStored = isPrivate(field) && (value === UNCHANGED || value === undefined);
			return [name, resolved(red, nodeId, isStored ? stored[name] : value)];
		}),
	);
}

async function test(red: Red, credential: Credential, nodeId: string, body: unknown): Promise<TestResult> {
	try {
		const values = readFields(credential.fields, valuesToTest(red, credential, nodeId, body), readContext());
		const ports = makePorts(credential, values, () => undefined);
		try {
			const result = await testCredential(credential, ports, values);
			return { ...result, message: ports.redact(result.message) };
		} finally {
			await ports.close(0);
		}
	} catch (thrown) {
		const { code, message } = toConvoflowError(thrown);
		return { ok: false, code, message, advice: 'Correct it and test again. Nothing was sent.' };
	}
}

/**
 * Adds `POST <config type>/<id>/test` to the admin API: tries the credential as it stands in the form, before
 * they are deployed. The answer holds words only, never a value of the form.
 */
export function registerTestRoute(red: Red, credential: Credential): void {
	const type = credential.nodeRedType;
	red.httpAdmin.post(`/${type}/:id/test`, red.auth.needsPermission(`${type}.write`), (request, response) => {
		void test(red, credential, request.params['id'] ?? '', request.body).then((result) =>
			response.json(result),
		);
	});
}
