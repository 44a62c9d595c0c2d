import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonValue } from '@convoflow/client';
import type { WorkflowNode } from '../../packages/demo/src/n8n/api';
import type { Item, RawExecution } from '../../packages/demo/src/n8n/execution';
import { isDescribed, operationSchema, triggerSchema } from '../n8n/output-schemas';
import { mismatches } from '../support/answer-schema';
import type { Suite } from './n8n-suite';

const ROOT = join(__dirname, '../..');
const OURS = /^(n8n-nodes-(?:flowai|flowxo|chatlayer))\.(\w+?)(Tool)?$/;

/** What a server has seen of our nodes. */
interface Seen {
	/** `flowAi message sendText` for an operation, `flowAiTrigger` for a trigger: those that put something out. */
	readonly worked: Set<string>;
	readonly wrong: Set<string>;
	/** Items compared with an output schema. */
	items: number;
}

function lookAt(node: WorkflowNode, items: readonly Item[], seen: Seen): void {
	const [, packageName = '', nodeType = ''] = OURS.exec(node.type) ?? [];
	const { resource, operation } = node.parameters as { resource?: string; operation?: string };
	const dir = join(ROOT, 'build', 'n8n', packageName);
	const isAction = resource !== undefined && operation !== undefined;
	const name = isAction ? `${nodeType} ${resource} ${operation}` : nodeType;
	const schema = isAction
		? operationSchema(dir, nodeType, resource, operation)
		: triggerSchema(dir, nodeType);
	const whole = items.filter((item) => item.error === undefined && !('error' in item.json));
	if (whole.length > 0) seen.worked.add(name);
	for (const { json } of whole) {
		if (!schema || !isDescribed({ json: json as never }, (parameter) => node.parameters[parameter])) continue;
		seen.items += 1;
		for (const problem of mismatches(json as JsonValue, schema)) seen.wrong.add(`${name}: ${problem}`);
	}
}

function lookAtExecution({ workflowData, data }: RawExecution, seen: Seen): void {
	for (const node of workflowData?.nodes ?? []) {
		if (!OURS.test(node.type)) continue;
		const runs = data?.resultData?.runData?.[node.name] ?? [];
		const items = runs.filter(({ error }) => !error).flatMap((run) => run.data?.main ?? []);
		lookAt(
			node,
			items.flatMap((way) => way ?? []),
			seen,
		);
	}
}

/**
 * Looks at everything that the server has kept of what our nodes put out, and writes down which operations and
 * triggers did put something out.
 */
export function ledgerTests(suite: () => Suite): void {
	it('put out, in every execution of this server, what their output schemas say', async () => {
		const seen: Seen = { worked: new Set(), wrong: new Set(), items: 0 };
		for await (const execution of suite().server.api.allExecutions()) lookAtExecution(execution, seen);
		expect([...seen.wrong]).toEqual([]);
		expect(seen.items).toBeGreaterThan(100);
		const folder = join(ROOT, 'build', 'ledger');
		await mkdir(folder, { recursive: true });
		await writeFile(join(folder, 'server.txt'), `${[...seen.worked].sort().join('\n')}\n`);
	});
}
