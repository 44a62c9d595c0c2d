import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formFields, repeatAdvice, runOptions, type Operation, type Service } from '@convoflow/kit';
import {
	actionNodes,
	triggerNodes,
	type ActionNode,
	type TriggerNode,
} from '../../packages/node-red/src/model/nodes';
import { propertyOf } from '../../packages/node-red/src/model/names';
import { samplePath } from '../../packages/n8n-host/src/generate/samples';
import { anchor } from '../../docs/site/anchor';
import { commonErrors, ownErrors, triggerErrors } from './error-tables';
import { exampleTable, fieldTable } from './field-tables';
import { jsonBlock, paragraphs, table } from './markdown';
import { shortened } from './shortened';

const WRITTEN = '<!-- npm run samples writes this page from the definitions -->';

const RETURNS: Readonly<Record<Operation['returns'], string>> = {
	one: 'One row.',
	many: 'A list, read page by page.',
	rows: 'Every row of one answer.',
	file: 'A file, with these members beside it.',
};

/** A page of the documentation. */
export interface Page {
	/** Path in `docs`. */
	readonly path: string;
	readonly text: string;
}

/** Path in `docs` of a node's page, by its type in Node-RED. */
export function nodePagePath(nodeRedType: string): string {
	return `nodes/${nodeRedType}.md`;
}

const credentialLink = ({ displayName }: { readonly displayName: string }): string =>
	`[${displayName}](../credentials.md#${anchor(displayName)})`;

/** The heading of an operation on its node's page. Resources that share a page are told apart. */
export function operationHeading(
	{ operations }: ActionNode,
	resource: Service['resources'][number],
	operation: Operation,
): string {
	const isShared = new Set(operations.map((one) => one.resource.name)).size > 1;
	return isShared ? `${resource.displayName}: ${operation.displayName}` : operation.displayName;
}

/** Where an operation is described, as a link from `docs`. */
export function operationLink(resource: Service['resources'][number], operation: Operation): string {
	const node = actionNodes.find(({ type }) => type === resource.nodeRedType);
	if (!node) throw new TypeError(`no node is of the type ${resource.nodeRedType}`);
	return `${nodePagePath(node.type)}#${anchor(operationHeading(node, resource, operation))}`;
}

/** What an operation puts out, as it was recorded. */
function sampleOf(root: string, service: Service, resource: string, operation: Operation): string {
	const rows = JSON.parse(
		readFileSync(join(root, samplePath(service, resource, operation)), 'utf8'),
	) as readonly unknown[];
	return jsonBlock(shortened(rows[0]));
}

function operationSection(root: string, node: ActionNode, one: ActionNode['operations'][number]): string {
	const { operation, resource } = one;
	const example = operation.examples[0];
	const form = formFields(operation);
	return paragraphs(
		`## ${operationHeading(node, resource, operation)}`,
		`${operation.description}. ${repeatAdvice(operation)}`,
		fieldTable('Field', form),
		fieldTable('Optional field', operation.optional),
		...(example
			? [
					`**Example: ${example.name.charAt(0).toLowerCase()}${example.name.slice(1)}.**`,
					exampleTable({ ...form, ...operation.optional }, example.input),
				]
			: []),
		`**Output.** ${RETURNS[operation.returns]}`,
		sampleOf(root, node.service, resource.name, operation),
		ownErrors(operation),
	);
}

function optionLine(node: ActionNode): string {
	const labels = node.operations.flatMap(({ operation }) =>
		Object.values(runOptions(operation)).map(({ label }) => label),
	);
	return labels.length === 0 ? '' : `[Options](../options.md): ${[...new Set(labels)].join(', ')}.`;
}

function actionPage(root: string, node: ActionNode): Page {
	const { service, type, label, operations, credentials, descriptions } = node;
	const resources = [...new Set(operations.map(({ resource }) => resource.displayName))];
	const title = `${service.displayName}: ${resources.join(', ')}`;
	const text = paragraphs(
		WRITTEN,
		`# ${title}`,
		descriptions.map((one) => `${one}.`).join(' '),
		table(
			['host', 'where to find it'],
			[
				[
					'n8n',
					`node **${service.displayName}**, resource ${resources.map((one) => `**${one}**`).join(' or ')}`,
				],
				['Node-RED', `node **${label}** of ${service.displayName} (\`${type}\`)`],
				['credential', credentials.length > 0 ? credentials.map(credentialLink).join(', ') : 'none'],
			],
		),
		optionLine(node),
		...operations.map((one) => operationSection(root, node, one)),
		commonErrors(
			service,
			operations.map(({ operation }) => operation),
		),
	);
	return { path: nodePagePath(type), text: `${text}\n` };
}

/** What must be entered where, for a trigger whose service calls. */
function addressLine({ trigger }: TriggerNode): string {
	if (trigger.subscribes)
		return 'It enters its own address with the service, so the host must be reachable from the internet.';
	if (!trigger.address) return '';
	const { enterAt, members } = trigger.address;
	const entered = `The node shows an address; enter it in ${enterAt}.`;
	if (!members) return entered;
	const names = members.map((name) => `\`${name}\``).join(', ');
	return paragraphs(
		entered,
		`Choose POST and a JSON body of your own. Members that are understood: ${names}. Any of them may be missing, and whatever you send comes out in \`body\`. Every call starts the flow; one that repeats the \`event\` and \`id\` of another has the same \`eventKey\`.`,
	);
}

/** The example flow that Node-RED's package brings for a trigger: its name, and how the node is filled in. */
function exampleFlow(root: string, { type, trigger }: TriggerNode): { name: string; input: object } {
	// A flow of one node tells more of it than an automation.
	const files = globSync(join(root, 'packages/node-red/examples/*.json')).sort().reverse();
	for (const file of files) {
		const nodes = JSON.parse(readFileSync(file, 'utf8')) as readonly Readonly<Record<string, unknown>>[];
		const node = nodes.find((one) => one['type'] === type);
		if (!node) continue;
		const fields = Object.entries({ ...trigger.fields, ...trigger.optional });
		const filled = fields.filter(([name, field]) => {
			const value = node[propertyOf(name)];
			return (
				value !== undefined && value !== '' && value !== ('default' in field ? field.default : undefined)
			);
		});
		return {
			name: basename(file, '.json'),
			input: Object.fromEntries(filled.map(([name]) => [name, node[propertyOf(name)]])),
		};
	}
	throw new TypeError(`no example flow has a node of the type ${type}`);
}

function exampleSection(root: string, node: TriggerNode): string {
	const { name, input } = exampleFlow(root, node);
	const { trigger, credential } = node;
	return paragraphs(
		'## Example',
		exampleTable({ ...trigger.fields, ...trigger.optional }, { ...input }),
		`In Node-RED this is ready to import: menu, *Import*, *Examples*, *${name}*. In n8n, add the node ${credential ? 'and its credential ' : ''}and fill in the same. What comes out is the first output below.`,
	);
}

function triggerPage(root: string, node: TriggerNode): Page {
	const { service, type, label, trigger, credential, secrets } = node;
	const keys = [credential, secrets].filter((one) => one !== undefined).map(credentialLink);
	const text = paragraphs(
		WRITTEN,
		`# ${trigger.displayName}`,
		`${trigger.description}.`,
		table(
			['host', 'where to find it'],
			[
				['n8n', `node **${trigger.displayName}**`],
				['Node-RED', `node **${label}** of ${service.displayName} (\`${type}\`)`],
				['credential', keys.length > 0 ? keys.join(', ') : 'none'],
			],
		),
		addressLine(node),
		'## Fields',
		fieldTable('Field', trigger.fields),
		fieldTable('Optional field', trigger.optional),
		exampleSection(root, node),
		'## Output',
		...[trigger.sample, ...(trigger.moreSamples ?? [])].map((one) => jsonBlock(shortened(one))),
		'## Errors',
		triggerErrors(trigger),
	);
	return { path: nodePagePath(type), text: `${text}\n` };
}

/**
 * A page for each node, made from the definitions and the recorded outputs.
 * @param root folder of the project
 */
export function nodePages(root: string): Page[] {
	return [
		...actionNodes.map((node) => actionPage(root, node)),
		...triggerNodes.map((node) => triggerPage(root, node)),
	];
}
