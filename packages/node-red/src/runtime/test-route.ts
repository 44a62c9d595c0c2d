import { readFields, testCredential, type Credential, type TestResult } from '@convoflow/kit';
import { toConvoflowError } from '@convoflow/client';
import { makePorts } from '../ports/host';
import { formValues } from './form-values';
import { networkOf } from './network-of';
import { readContext } from './service-link';
import type { Red } from './red';

async function test(red: Red, credential: Credential, nodeId: string, body: unknown): Promise<TestResult> {
	try {
		const values = readFields(credential.fields, formValues(red, credential, nodeId, body), readContext());
		const ports = makePorts(credential, values, networkOf(red, body), () => undefined);
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
