import type { JsonObject } from '@convoflow/client';
import type { Operation } from '@convoflow/kit';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isTool } from './is-tool';

/** Parameters that only the node's variant for AI agents has. */
const OUTPUT = 'toolOutput';
const FIELDS = 'toolFields';

/** What n8n calls the variant of a node that agents use, in conditions. */
const IS_TOOL = { '@tool': [true] };

/** What an agent is to get of the rows of an operation. */
export interface ToolOutput {
	readonly simplify: boolean;
	/** Names of the members to keep; all of them when absent. */
	readonly fields?: readonly string[];
}

/** `threadId` as people read it: "Thread ID". */
function labelOf(name: string): string {
	const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ');
	return words
		.split(' ')
		.map((word) =>
			/^(id|url)$/i.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1),
		)
		.join(' ');
}

/** What stands in the place of Simplify for an agent, which pays for every word that it reads. */
export function toolOutputProperties(
	fields: readonly string[],
	show: Readonly<Record<string, string[]>>,
): INodeProperties[] {
	// Each property has lists of its own: more operations join those of one that they share.
	const shown = (): Record<string, (string | boolean)[]> => ({
		...Object.fromEntries(Object.entries(show).map(([name, values]) => [name, [...values]])),
		...IS_TOOL,
	});
	const choices = fields
		.map((value) => ({ name: labelOf(value), value }))
		.sort((a, b) => a.name.localeCompare(b.name));
	return [
		{
			displayName: 'Output',
			name: OUTPUT,
			type: 'options',
			options: [
				{ name: 'Raw', value: 'raw', description: 'Everything that the service answers' },
				{ name: 'Selected Fields', value: 'selected', description: 'Only the fields that you choose' },
				{ name: 'Simplified', value: 'simplified', description: 'The most useful fields, without nesting' },
			],
			displayOptions: { show: shown() },
			default: 'simplified',
			description: 'What the agent gets to read of each result',
		},
		{
			displayName: 'Fields',
			name: FIELDS,
			type: 'multiOptions',
			options: choices,
			displayOptions: { show: { ...shown(), [OUTPUT]: ['selected'] } },
			default: fields.slice(0, 3),
			description: 'The fields that the agent gets to read',
		},
	];
}

/** The same property for people only: agents have another one in its place. */
export function hiddenFromTools(property: INodeProperties): INodeProperties {
	const { show, hide } = property.displayOptions ?? {};
	return { ...property, displayOptions: { ...(show ? { show } : {}), hide: { ...hide, ...IS_TOOL } } };
}

/** The same property for agents only. */
export function shownToTools(property: INodeProperties): INodeProperties {
	const { show, hide } = property.displayOptions ?? {};
	return { ...property, displayOptions: { show: { ...show, ...IS_TOOL }, ...(hide ? { hide } : {}) } };
}

/**
 * What the agent is to get, where the node runs as its tool.
 * @returns undefined where the node is no tool, or the operation has one form only
 */
export function readToolOutput(
	context: IExecuteFunctions,
	operation: Operation,
	index: number,
): ToolOutput | undefined {
	if (!operation.simplify || !isTool(context)) return undefined;
	const output = context.getNodeParameter(OUTPUT, index, 'simplified');
	if (output !== 'selected') return { simplify: output !== 'raw' };
	const fields = context.getNodeParameter(FIELDS, index, []);
	return { simplify: true, fields: Array.isArray(fields) ? fields.map(String) : [] };
}

/** A row with the members that were chosen. */
export function selected(row: JsonObject, { fields }: ToolOutput): JsonObject {
	return fields ? Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name))) : row;
}
