import type { Sandbox } from '@convoflow/sandbox';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { sandboxValues } from '../samples/record';
import { itemOf } from './binary';
import { runNode, type RunNode, type RunResult } from './harness';
import { formOf, type Place } from './places';
import { loadTree } from './tree';

export { formOf, PLACES, type Place } from './places';

/** Credential values that reach a sandbox; none where an operation needs none. */
export function credentialsFor(
	sandbox: Sandbox,
	name: string | undefined,
): Record<string, ICredentialDataDecryptedObject> {
	if (name === undefined) return {};
	return { [name]: sandboxValues(sandbox, name) as IDataObject as ICredentialDataDecryptedObject };
}

/** What stands before an operation: for one that answers a call, the trigger with a call that waits. */
export function startOf({ operation }: Place, waitsMs = 8_000): Partial<RunNode> {
	if (operation.credential !== 'flowAiActionApi') return {};
	const call = { replyBy: new Date(Date.now() + waitsMs).toISOString(), verifiedBy: 'verifyToken' };
	return { startType: 'flowAiActionTrigger', items: [{ json: call }] };
}

/** Runs an operation in n8n's engine with credential values and input by the form. */
export async function runPlace(
	place: Place,
	values: ICredentialDataDecryptedObject,
	input: Readonly<Record<string, unknown>>,
	more: Partial<RunNode> = {},
): Promise<RunResult> {
	return await runNode({
		tree: await loadTree(place.tree),
		nodeType: place.nodeType,
		credentials: { [place.operation.credential ?? '']: values },
		parameters: formOf(place, input),
		items: [itemOf(place.operation, input)],
		...startOf(place),
		...more,
	});
}
