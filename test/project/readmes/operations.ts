import type { Operation, Service } from '@convoflow/kit';
import { nodeName, type PackagePlan } from '../../../packages/n8n-host/src/generate/packages';
import { actionNodes, triggerNodes } from '../../../packages/node-red/src/model/nodes';
import { table } from '../markdown';
import { nodePagePath, operationHeading, operationLink } from '../node-pages';
import type { Reader } from './reader';

type Resource = Service['resources'][number];

/** The project's own table: every resource with its operations, every trigger. */
function ofProject({ services, page }: Reader): string {
	const rows = services.flatMap(({ displayName, resources, triggers }) => [
		...resources.map((resource) => [
			displayName,
			`[${resource.displayName}](${page(nodePagePath(resource.nodeRedType))})`,
			resource.operations
				.map((one) => `[${one.displayName}](${page(operationLink(resource, one))})`)
				.join(', '),
		]),
		...triggers.map((trigger) => [
			displayName,
			`[*${trigger.displayName}*](${page(nodePagePath(trigger.nodeRedType))})`,
			trigger.description,
		]),
	]);
	return table(['service', 'resource or trigger', 'operations'], rows);
}

function safeToRepeat({ effect, readsWhen }: Operation): string {
	if (readsWhen) return `with ${readsWhen.is}`;
	return effect === 'read' || effect === 'idempotent' ? 'yes' : 'no';
}

/** The table of an n8n package: what its action node can do. */
function ofPackage({ service: { resources } }: PackagePlan, { page }: Reader): string {
	const row = (resource: Resource, one: Operation): string[] => [
		resource.displayName,
		`[${one.displayName}](${page(operationLink(resource, one))})`,
		one.description,
		safeToRepeat(one),
	];
	return table(
		['Resource', 'Operation', 'What it does', 'Safe to repeat'],
		resources.flatMap((resource) => resource.operations.map((one) => row(resource, one))),
	);
}

/** The nodes of Node-RED as its palette shows them, those that start flows last. */
function ofPalette({ page }: Reader): string {
	const link = (type: string, label: string): string => `[**${label}**](${page(nodePagePath(type))})`;
	const actions = actionNodes.map((node) => [
		node.service.displayName,
		link(node.type, node.label),
		node.operations
			.map(
				({ resource, operation }) =>
					`[${operationHeading(node, resource, operation)}](${page(operationLink(resource, operation))})`,
			)
			.join(', '),
	]);
	const triggers = triggerNodes.map(({ type, label, service, trigger }) => [
		service.displayName,
		link(type, label),
		trigger.description,
	]);
	return table(['service', 'node', 'what it does'], [...actions, ...triggers]);
}

/** The table of what there is, as the host of the README calls it. */
export function operationsTable(reader: Reader): string {
	if (reader.plan) return ofPackage(reader.plan, reader);
	return reader.host === 'Node-RED' ? ofPalette(reader) : ofProject(reader);
}

/** The triggers of an n8n package, each with what starts it. */
export function triggersTable({ plan, page }: Reader): string {
	const rows = (plan?.triggers ?? []).map(({ trigger }) => [
		`[**${trigger.displayName}**](${page(nodePagePath(trigger.nodeRedType))})`,
		trigger.description,
	]);
	return table(['Trigger', 'What it does'], rows);
}

/** The forms of an n8n package's triggers in light and dark, from the repository of the package. */
export function triggerPictures({ plan }: Reader): string {
	if (!plan) throw new TypeError('Only the n8n packages have pictures of their triggers');
	const base = `https://raw.githubusercontent.com/convoflow/${plan.name}/main/pictures`;
	const [first = [], ...others] = plan.triggers.map(({ trigger: { displayName }, className }) =>
		['light', 'dark'].map(
			(theme) => `![${displayName} in the ${theme} theme](${base}/${nodeName(className)}.${theme}.png)`,
		),
	);
	return table(first, others);
}
