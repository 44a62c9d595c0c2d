import fc, { type Arbitrary } from 'fast-check';
import { formFields, type Field, type FieldMap, type Operation } from '@convoflow/kit';

const word = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
	.filter((text) => text.trim() !== '');

/** An ISO 8601 date or date-time with a zone, within three years. */
const date = fc
	.tuple(
		fc.date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
		fc.boolean(),
	)
	.map(([day, isPlain]) => (isPlain ? day.toISOString().slice(0, 10) : day.toISOString()));

/** JSON objects as a user could write them: what JSON itself cannot hold (-0) is taken out. */
const jsonObject = fc
	.dictionary(
		fc.string({ maxLength: 12 }).filter((key) => key !== '__proto__'),
		fc.jsonValue({ maxDepth: 2 }),
		{ maxKeys: 4 },
	)
	.map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);

function valueOf(field: Field): Arbitrary<unknown> {
	switch (field.kind) {
		case 'string':
		case 'text':
		case 'secret':
			return word.map((text) => text.slice(0, 'maxLength' in field ? field.maxLength : undefined));
		case 'number': {
			const range = { min: field.min ?? -1_000, max: field.max ?? 1_000_000 };
			return field.integer
				? fc.integer(range)
				: fc.double({ ...range, noNaN: true }).map((value) => value + 0);
		}
		case 'boolean':
			return fc.boolean();
		case 'options':
			return fc.constantFrom(...field.options.map(({ value }) => value));
		case 'multiOptions':
			return fc.subarray(field.options.map(({ value }) => value));
		case 'dateTime':
			return date;
		case 'json':
			return field.shape === 'array' ? fc.array(jsonObject, { maxLength: 3 }) : jsonObject;
		case 'locator':
			return word;
		case 'file':
			return fc.record({
				name: fc.constantFrom('cat.png', 'Ça va "bien".txt', '../up/menu.pdf', 'no extension'),
				mimeType: fc.constant('image/png'),
				content: fc.uint8Array({ maxLength: 2_000 }),
			});
		case 'list':
			return fc.array(valuesOf(field.fields), { maxLength: 3 });
	}
}

function valuesOf(fields: FieldMap): Arbitrary<Record<string, unknown>> {
	return fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueOf(field)])));
}

/** Values of any form, or, more often, those of the examples and the default of a text, or none where it may be empty. */
function likely(operation: Operation, name: string, field: Field): Arbitrary<unknown> {
	const known = [
		...operation.examples.map(({ input }) => input[name]),
		field.kind === 'string' ? (field.default ?? (field.required ? undefined : '')) : undefined,
	].filter((value) => value !== undefined);
	if (known.length === 0) return valueOf(field);
	return fc.oneof(
		{ arbitrary: fc.constantFrom(...known), weight: 8 },
		{ arbitrary: valueOf(field), weight: 1 },
	);
}

/** Input for an operation: every field of the form, any of the optional ones, a list never longer than a page. */
export function inputOf(operation: Operation): Arbitrary<Record<string, unknown>> {
	const { returnAll: _returnAll, limit, ...fields } = formFields(operation);
	const likelyOf = (map: FieldMap): Record<string, Arbitrary<unknown>> =>
		Object.fromEntries(
			Object.entries(map)
				// What decides the form of a node cannot come with an item or a message.
				.filter(([, field]) => !field.isFixed)
				.map(([name, field]) => [name, likely(operation, name, field)]),
		);
	const optional = fc.record(likelyOf(operation.optional), { requiredKeys: [] });
	return fc
		.tuple(fc.record(likelyOf(fields)), optional, fc.integer({ min: 1, max: 30 }))
		.map(([form, more, rows]) => ({ ...form, ...more, ...(limit ? { limit: rows } : {}) }));
}
