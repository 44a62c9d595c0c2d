import { PollContext } from 'n8n-core';
import type { IDataObject, INodeParameters, IPollFunctions } from 'n8n-workflow';
import type { Sandbox } from '@convoflow/sandbox';
import { asContext, workflowOf } from './harness';
import { credentialsFor } from './services';
import { loadTree, nodeTypeOf, type TREES } from './tree';

/** A workflow with a poll trigger, as n8n keeps it over polls and restarts. */
export interface PolledWorkflow {
	/** One poll. @returns the items of the run that it starts; none without one */
	poll(mode?: 'trigger' | 'manual'): Promise<IDataObject[]>;
	/** Ends n8n and starts it again: what it has not saved is gone. */
	restart(): void;
	/** Static data as n8n has saved it; without the cursor of the node where n8n keeps that elsewhere. */
	readonly saved: string;
}

/** A trigger that polls. */
export interface PollPlace {
	/** Name of its package. */
	readonly tree: (typeof TREES)[number];
	readonly nodeType: string;
	readonly credential: string;
}

const FLOW_XO: PollPlace = {
	tree: 'n8n-nodes-flowxo',
	nodeType: 'flowXoTrigger',
	credential: 'flowXoApi',
};

/**
 * Polls a trigger, Flow XO's by default, in n8n's own poll context; saves static data as n8n does: with a run, and at
 * activation. With durable cursors a poll works on a copy of the node's, which is kept with a run and after a poll by
 * the clock, and not after the one at activation.
 */
export async function polledWorkflow(
	sandbox: Sandbox,
	parameters: INodeParameters = {},
	{ tree: name, nodeType, credential }: PollPlace = FLOW_XO,
	isDurable = false,
): Promise<PolledWorkflow> {
	const tree = await loadTree(name);
	const open = (): ReturnType<typeof workflowOf> =>
		workflowOf({ tree, nodeType, parameters, credentials: credentialsFor(sandbox, credential) }, 'trigger');
	let { workflow, node, additionalData } = open();
	let saved = '{}';
	let isActivated = false;
	let cursor: IDataObject = {};
	const type = nodeTypeOf(tree, nodeType);
	return {
		poll: async (mode = 'trigger') => {
			const staged = structuredClone(cursor);
			const context = new PollContext(workflow, node, additionalData, mode, 'activate');
			// The constructor takes this since n8n 2.41 only.
			if (isDurable)
				context.getWorkflowStaticData = (data) =>
					data === 'node' ? staged : workflow.getStaticData(data, node);
			const items = await type.poll?.call(asContext<IPollFunctions>(context));
			if (mode === 'trigger' && (items || isActivated)) cursor = staged;
			if (mode === 'trigger' && (items || !isActivated)) saved = JSON.stringify(workflow.staticData);
			if (mode === 'trigger') isActivated = true;
			return (items?.[0] ?? []).map(({ json }) => json);
		},
		restart: () => {
			({ workflow, node, additionalData } = open());
			const data = JSON.parse(saved) as IDataObject;
			Object.assign(workflow.getStaticData('node', node), data[`node:${node.name}`]);
			Object.assign(workflow.getStaticData('global'), data['global']);
			isActivated = false;
		},
		get saved() {
			return saved;
		},
	};
}
