import type { JsonValue } from '@convoflow/client';

/** An output schema as a tree holds it. */
export interface AnswerSchema {
	readonly type: string | readonly string[];
	readonly properties?: Readonly<Record<string, AnswerSchema>>;
	readonly items?: AnswerSchema;
}

function typeOf(value: JsonValue): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value;
}

function fits(type: string, wanted: AnswerSchema['type']): boolean {
	const types = typeof wanted === 'string' ? [wanted] : wanted;
	return types.includes(type) || (type === 'integer' && types.includes('number'));
}

/**
 * What an answer holds that its schema does not tell of. The members of the answer itself are promised: none may be
 * without a name in the schema or of another type, though each may be absent. Inside them stands what the service
 * sends, so more members and empty ones are allowed there, but no other type.
 * @returns paths with what is wrong there
 */
export function mismatches(value: JsonValue, schema: AnswerSchema, path = ''): string[] {
	const isInside = /[.[]/.test(path);
	const type = typeOf(value);
	if (isInside && type === 'null') return [];
	if (!fits(type, schema.type))
		return [`${path || 'the answer'} is ${type}, not ${[schema.type].flat().join(' or ')}`];
	if (Array.isArray(value)) {
		const { items } = schema;
		return items ? value.flatMap((one) => mismatches(one, items, `${path}[]`)) : [];
	}
	if (typeof value !== 'object' || value === null || !schema.properties) return [];
	return Object.entries(value).flatMap(([name, member]) => {
		const inner = schema.properties?.[name];
		const below = path === '' ? name : `${path}.${name}`;
		if (inner) return mismatches(member, inner, below);
		return path === '' ? [`${below} is not in the schema`] : [];
	});
}
