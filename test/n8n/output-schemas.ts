import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@convoflow/client';
import type { INodeExecutionData } from 'n8n-workflow';
import { mismatches, type AnswerSchema } from '../support/answer-schema';

const schemas = new Map<string, AnswerSchema | undefined>();

function schemaAt(file: string): AnswerSchema | undefined {
	if (!schemas.has(file)) {
		const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
		schemas.set(file, text === undefined ? undefined : (JSON.parse(text) as AnswerSchema));
	}
	return schemas.get(file);
}

/** Folder of a node's output schemas in its built tree. */
export function schemaFolder(treeDir: string, nodeType: string): string {
	const className = nodeType.charAt(0).toUpperCase() + nodeType.slice(1);
	return join(treeDir, 'dist', 'nodes', className, '__schema__');
}

/** Values of parameters that choose the form which output schemas describe. */
const DEFAULT_FORM = { simplify: true, output: 'rows' } as const;

/** Whether an item has the form that the schema is about; a failed one has not. */
export function isDescribed(
	{ json }: Pick<INodeExecutionData, 'json'>,
	chosen: (name: string) => unknown,
): boolean {
	const isBare = Object.keys(json).length === 1;
	if (typeof json['error'] === 'string' && ('details' in json || isBare)) return false;
	return Object.entries(DEFAULT_FORM).every(([name, standard]) => {
		const value = chosen(name);
		return value === undefined || value === null || value === standard;
	});
}

/**
 * Compares items with an output schema.
 * @throws Error with every difference
 */
export function checkItems(
	schema: AnswerSchema | undefined,
	items: readonly Pick<INodeExecutionData, 'json'>[],
	what: string,
): void {
	if (!schema) return;
	const found = new Set(items.flatMap(({ json }) => mismatches(json as JsonValue, schema)));
	if (found.size > 0)
		throw new Error(`the output of ${what} is not as its schema says: ${[...found].join('; ')}`);
}

/** The schema of a trigger's output. */
export function triggerSchema(treeDir: string, nodeType: string): AnswerSchema | undefined {
	return schemaAt(join(schemaFolder(treeDir, nodeType), 'v1.0.0.json'));
}

/** The schema of an operation's output; undefined for one that puts out whatever the service says. */
export function operationSchema(
	treeDir: string,
	nodeType: string,
	resource: string,
	operation: string,
): AnswerSchema | undefined {
	return schemaAt(join(schemaFolder(treeDir, nodeType), 'v1.0.0', resource, `${operation}.json`));
}
