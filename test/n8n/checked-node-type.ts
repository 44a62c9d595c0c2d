import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { checkItems, isDescribed, operationSchema, triggerSchema } from './output-schemas';
import { noteWorked } from './ledger';

/** A node type that compares everything it puts out with the output schema that its package brings. */
export function checkedNodeType(treeDir: string, name: string, type: INodeType): INodeType {
	const checked = Object.create(type) as INodeType;
	if (type.execute)
		checked.execute = async function (this: IExecuteFunctions) {
			const outputs = (await type.execute?.call(this)) as INodeExecutionData[][];
			const [resource, operation] = ['resource', 'operation'].map(
				(one) => this.getNodeParameter(one, 0) as string,
			);
			const schema = operationSchema(treeDir, name, resource ?? '', operation ?? '');
			const items = outputs.flat().filter((item) => {
				const { item: index = 0 } = [item.pairedItem].flat()[0] as { item?: number };
				return isDescribed(item, (parameter) => this.getNodeParameter(parameter, index, null));
			});
			checkItems(schema, items, `${resource} ${operation}`);
			if (outputs.some((way) => way.some(({ json }) => !('error' in json))))
				noteWorked(`${name} ${resource} ${operation}`);
			return outputs;
		};
	if (type.poll)
		checked.poll = async function (this: IPollFunctions) {
			const outputs = (await type.poll?.call(this)) ?? null;
			checkItems(triggerSchema(treeDir, name), (outputs ?? []).flat(), name);
			if (outputs) noteWorked(name);
			return outputs;
		};
	if (type.webhook)
		checked.webhook = async function (this: IWebhookFunctions) {
			const outcome = (await type.webhook?.call(this)) ?? {};
			checkItems(triggerSchema(treeDir, name), (outcome.workflowData ?? []).flat(), name);
			if (outcome.workflowData) noteWorked(name);
			return outcome;
		};
	return checked;
}
