import { isObject, type JsonObject, type JsonValue } from '@convoflow/client';
import type { Entry, Parameter } from './seed-list';

/** Reads a place such as `payload.messages[].silent`; `[]` stands for the first item. */
export function readPath(value: JsonValue, path: string): JsonValue | undefined {
	let here: JsonValue | undefined = value;
	for (const step of path.split('.')) {
		here = isObject(here) ? here[step.replace('[]', '')] : undefined;
		if (step.endsWith('[]')) here = Array.isArray(here) ? here[0] : undefined;
	}
	return here;
}

function writePath(target: JsonObject, path: string, value: JsonValue): void {
	const steps = path.split('.');
	const last = steps.pop() ?? '';
	let here = target;
	for (const step of steps) {
		const name = step.replace('[]', '');
		const found: JsonValue = here[name] ?? (step.endsWith('[]') ? [{}] : {});
		here[name] = found;
		const next: JsonValue | undefined = Array.isArray(found) ? found[0] : found;
		if (!isObject(next)) throw new TypeError(`${path}: ${name} holds no members`);
		here = next;
	}
	here[last] = value;
}

/** A value that is known again when it comes out elsewhere. */
function valueFor({ name, type }: Parameter): JsonValue {
	switch (type) {
		case 'number':
		case 'integer':
			return name.length;
		case 'boolean':
			return true;
		case 'object':
			return { of: name };
		case 'array':
			return [{ of: name }];
		default:
			return `the ${name}`;
	}
}

/** A received event or frame with every parameter of its entry filled in. */
export function exampleOf(entry: Entry): JsonObject {
	const name = entry.event === '*' ? 'name.not.known.yet' : (entry.event ?? entry.frame ?? '');
	const example: JsonObject = { type: name };
	for (const parameter of entry.parameters) writePath(example, parameter.name, valueFor(parameter));
	return example;
}
