import { PollContext } from 'n8n-core';
import type { IDataObject, INodeParameters, IPollFunctions } from 'n8n-workflow';
import type { Sandbox } from '@convoflow/sandbox';
import { asContext, workflowOf } from './harness';
import { credentialsFor } from './services';
import { loadTree, nodeTypeOf } from './tree';

/** A workflow with a poll trigger, as n8n keeps it over polls and restarts. */
export interface PolledWorkflow {
	/** One poll. @returns the items of the run that it starts; none without one */
	poll(mode?: 'trigger' | 'manual'): Promise<IDataObject[]>;
	/** Ends n8n and starts it again: what it has not saved is gone. */
	restart(): void;
	/** Static data as n8n has saved it. */
	readonly saved: string;
}

/** Polls the Flow XO trigger in n8n's own poll context; saves static data as n8n does: with a run, and at activation. */
export async function polledWorkflow(
	sandbox: Sandbox,
	parameters: INodeParameters = {},
): Promise<PolledWorkflow> {
	const tree = await loadTree('n8n-nodes-flowxo');
	const nodeType = 'flowXoTrigger';
	const open = (): ReturnType<typeof workflowOf> =>
		workflowOf({ tree, nodeType, parameters, credentials: credentialsFor(sandbox, 'flowXoApi') }, 'trigger');
	let { workflow, node, additionalData } = open();
	let saved = '{}';
	let isActivated = false;
	const type = nodeTypeOf(tree, nodeType);
	return {
		poll: async (mode = 'trigger') => {
			const context = new PollContext(workflow, node, additionalData, mode, 'activate');
			const items = await type.poll?.call(asContext<IPollFunctions>(context));
			if (mode === 'trigger' && (items || !isActivated)) saved = JSON.stringify(workflow.staticData);
			if (mode === 'trigger') isActivated = true;
			return (items?.[0] ?? []).map(({ json }) => json);
		},
		restart: () => {
			({ workflow, node, additionalData } = open());
			Object.assign(
				workflow.getStaticData('node', node),
				(JSON.parse(saved) as IDataObject)[`node:${node.name}`],
			);
			isActivated = false;
		},
		get saved() {
			return saved;
		},
	};
}
