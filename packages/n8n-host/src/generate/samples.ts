import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonValue } from '@convoflow/client';
import type { Operation, Service } from '@convoflow/kit';
import { flatSchema, outputSchema, type Schema } from './schema';

function kebab(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Path of the recorded output of an operation, from the root of the repository. */
export function samplePath(service: Service, resource: string, operation: Operation): string {
	return `nodes/${service.name}/${kebab(resource)}/${kebab(operation.name)}.sample.json`;
}

async function readSample(root: string, path: string): Promise<JsonValue | undefined> {
	try {
		return JSON.parse(await readFile(join(root, path), 'utf8')) as JsonValue;
	} catch (error) {
		if ((error as { code?: string }).code === 'ENOENT') return undefined;
		throw new Error(`${path} is no JSON: ${String(error)}`);
	}
}

/** Whether an operation puts out rows of its own making, whose members are null where the service tells nothing. */
function isFlat({ simplify, fields }: Operation): boolean {
	const { output } = fields;
	return simplify !== undefined || (output?.kind === 'options' && output.default === 'rows');
}

/**
 * The output schemas of a service's operations, by `<resource>/<operation>.json`.
 * @throws Error naming each operation without a recorded output, when `strict`
 */
export async function outputSchemas(
	root: string,
	service: Service,
	strict: boolean,
): Promise<Map<string, Schema>> {
	const schemas = new Map<string, Schema>();
	const missing: string[] = [];
	for (const { name: resource, operations } of service.resources) {
		for (const operation of operations.filter(({ isFreeForm }) => !isFreeForm)) {
			const path = samplePath(service, resource, operation);
			const sample = await readSample(root, path);
			const isEmpty = sample === undefined || (Array.isArray(sample) && sample.length === 0);
			if (isEmpty) missing.push(path);
			else {
				const schema = isFlat(operation) ? flatSchema(sample) : outputSchema(sample);
				schemas.set(`${resource}/${operation.name}.json`, schema);
			}
		}
	}
	if (strict && missing.length > 0) {
		throw new Error(`No recorded output in ${missing.join(', ')}: record it with npm run samples`);
	}
	return schemas;
}
