import type { Sandbox } from '@convoflow/sandbox';
import { configNodes } from '../../../packages/node-red/src';
import { exampleFlows, type FlowNode as ExampleNode } from '../../../packages/node-red/src/build/examples';
import type { FlowNode } from './call-node';
import { sandboxSettings } from './sandbox-settings';

/** The last part of the address of an example's webhook, once it is filled in. */
export function pathOf(id: string): string {
	return id.replace('.', '-');
}

/** The examples as their user completes them: keys and a bot of a sandbox, a path for each webhook. */
export function filledInExamples(sandbox: Sandbox): FlowNode[] {
	const settings = new Map(Object.values(sandboxSettings(sandbox)).map((one) => [one.type, one]));
	const fill = (node: FlowNode): FlowNode => {
		if (configNodes.some(({ nodeRedType }) => nodeRedType === node.type)) {
			const { config = {}, credentials } = settings.get(node.type) ?? {};
			return { ...node, ...config, ...(credentials ? { credentials } : {}) };
		}
		return {
			...node,
			...(node['path'] === '' ? { path: pathOf(node.id) } : {}),
			...(node['botId'] === '' ? { botId: 'k3v9x2ab' } : {}),
		};
	};
	const nodes = exampleFlows().flatMap(({ flow }) => flow) as readonly ExampleNode[] as readonly FlowNode[];
	return nodes.map(fill);
}
