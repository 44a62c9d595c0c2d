import { invalidInput, type JsonValue } from '@convoflow/client';
import { readDateTime } from './date-time';
import { readFile } from './read-file';
import type { Field, FieldMap, NumberField, ShowWhen } from './fields';

/** What reading needs to know of the place it runs in. */
export interface ReadContext {
	/** IANA name; date-times without a zone are read in it. */
	readonly timeZone: string;
}

/** True for a value that stands for "nothing entered". */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function readText(name: string, field: Field, value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw invalidInput(name, field.label, 'must be text');
}

function readNumber(name: string, field: NumberField, value: unknown): number {
	const number = typeof value === 'string' ? Number(value.trim()) : value;
	if (typeof number !== 'number' || !Number.isFinite(number))
		throw invalidInput(name, field.label, 'must be a number');
	if (field.integer && !Number.isSafeInteger(number))
		throw invalidInput(name, field.label, 'must be a whole number');
	if (field.min !== undefined && number < field.min)
		throw invalidInput(name, field.label, `must be at least ${field.min}`);
	if (field.max !== undefined && number > field.max)
		throw invalidInput(name, field.label, `must be at most ${field.max}`);
	return number;
}

function readBoolean(name: string, field: Field, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	if (value === 'true') return true;
	if (value === 'false') return false;
	throw invalidInput(name, field.label, 'must be true or false');
}

function readChoice(
	name: string,
	field: Field & { kind: 'options' | 'multiOptions' },
	value: unknown,
): string {
	const text = readText(name, field, value).trim();
	if (field.open || field.options.some((choice) => choice.value === text)) return text;
	const choices = field.options.map((choice) => choice.value).join(', ');
	throw invalidInput(name, field.label, `must be one of ${choices}, not "${text.slice(0, 40)}"`);
}

function readChoices(name: string, field: Field & { kind: 'multiOptions' }, value: unknown): string[] {
	const list: unknown[] = Array.isArray(value) ? value : readText(name, field, value).split(',');
	return list.filter((one) => !isBlank(one)).map((one) => readChoice(name, field, one));
}

function readJson(name: string, field: Field & { kind: 'json' }, value: unknown): JsonValue {
	let parsed: JsonValue;
	try {
		// A value that is no text goes through JSON as well: what cannot travel is refused here, not on the way.
		parsed = JSON.parse(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')) as JsonValue;
	} catch {
		throw invalidInput(name, field.label, 'is not valid JSON');
	}
	const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
	if (field.shape === 'object' && !isObject)
		throw invalidInput(name, field.label, 'must be a JSON object, like {"key": "value"}');
	if (field.shape === 'array' && !Array.isArray(parsed))
		throw invalidInput(name, field.label, 'must be a JSON array, like ["value"]');
	return parsed;
}

function readLocator(name: string, field: Field & { kind: 'locator' }, value: unknown): string {
	const text = readText(name, field, value).trim();
	if (!field.urlPattern || !/^https?:\/\//i.test(text)) return text;
	const id = new RegExp(field.urlPattern).exec(text)?.[1];
	if (id === undefined)
		throw invalidInput(name, field.label, `holds a web address in which no ${field.thing} is named`);
	try {
		return decodeURIComponent(id);
	} catch {
		return id;
	}
}

function readList(
	name: string,
	field: Field & { kind: 'list' },
	value: unknown,
	context: ReadContext,
): unknown[] {
	const rows: unknown =
		typeof value === 'string'
			? readJson(name, { ...field, kind: 'json', shape: 'array', default: null }, value)
			: value;
	if (!Array.isArray(rows)) throw invalidInput(name, field.label, 'must be a list');
	return rows.map((row: unknown, index) => {
		if (typeof row !== 'object' || row === null)
			throw invalidInput(name, field.label, `has no fields in row ${index + 1}`);
		return readFields(field.fields, row as Record<string, unknown>, context);
	});
}

/** A date object of any library as ISO text; everything else as it is. */
function plainDate(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || !('toJSON' in value)) return value;
	return typeof value.toJSON === 'function' ? (value.toJSON as () => unknown)() : value;
}

/**
 * Reads and checks one value that is not blank.
 * @throws CONVOFLOW_INVALID_INPUT with the field's name and the rule
 */
function readField(name: string, field: Field, value: unknown, context: ReadContext): unknown {
	switch (field.kind) {
		case 'string':
		case 'text': {
			const text = readText(name, field, value);
			if (field.maxLength !== undefined && text.length > field.maxLength) {
				throw invalidInput(
					name,
					field.label,
					`has ${text.length} characters; at most ${field.maxLength} are allowed`,
				);
			}
			return text;
		}
		case 'secret':
			return readText(name, field, value).trim();
		case 'number':
			return readNumber(name, field, value);
		case 'boolean':
			return readBoolean(name, field, value);
		case 'options':
			return readChoice(name, field, value);
		case 'multiOptions':
			return readChoices(name, field, value);
		case 'dateTime': {
			const zone = field.isLocal ? undefined : context.timeZone;
			const read = readDateTime(readText(name, field, plainDate(value)), zone);
			if (read === undefined)
				throw invalidInput(name, field.label, 'must be a date like 2026-03-01 or 2026-03-01T08:00:00Z');
			return read;
		}
		case 'json':
			return readJson(name, field, value);
		case 'locator':
			return readLocator(name, field, value);
		case 'file':
			return readFile(name, field, value);
		case 'list':
			return readList(name, field, value, context);
	}
}

/** True when the values read so far are those that are asked for; of several choices one is enough, as in n8n. */
function holds(when: ShowWhen | undefined, values: Readonly<Record<string, unknown>>): boolean {
	return Object.entries(when ?? {}).every(([other, wanted]) => {
		const value = values[other];
		const chosen: readonly unknown[] = Array.isArray(value) ? value : [value];
		return wanted.some((one) => chosen.includes(one));
	});
}

/** The field without a limit that does not count beside the values read so far. */
function limited(field: Field, values: Readonly<Record<string, unknown>>): Field {
	if (field.kind !== 'text' || holds(field.maxLengthWhen, values)) return field;
	return { ...field, maxLength: Infinity };
}

/**
 * Reads raw values into typed ones by their fields: defaults filled in, blanks left out, hidden fields
 * ignored. Nothing is taken from the prototype of `raw`.
 * @throws CONVOFLOW_INVALID_INPUT with the name of the first field that is refused
 */
export function readFields(
	fields: FieldMap,
	raw: Readonly<Record<string, unknown>>,
	context: ReadContext,
): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(fields)) {
		if (!holds(field.showWhen, values)) continue;
		const given = Object.hasOwn(raw, name) ? raw[name] : undefined;
		const value = isBlank(given) ? field.default : given;
		if (isBlank(value)) {
			if (field.required) throw invalidInput(name, field.label, 'is empty');
			continue;
		}
		const read = readField(name, limited(field, values), value, context);
		if (field.required && Array.isArray(read) && read.length === 0)
			throw invalidInput(name, field.label, 'is empty');
		values[name] = read;
	}
	return values;
}
