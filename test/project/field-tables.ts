import type { Field, FieldMap } from '@convoflow/kit';
import { table } from './markdown';
import { shortened } from './shortened';

const KINDS: Readonly<Record<Field['kind'], string>> = {
	string: 'text',
	text: 'text',
	secret: 'secret',
	number: 'number',
	boolean: 'yes or no',
	options: 'choice',
	multiOptions: 'choices',
	dateTime: 'date and time',
	json: 'JSON',
	list: 'rows',
	locator: 'ID, or picked from a list',
	file: 'file',
};

function kindOf(field: Field): string {
	return field.kind === 'locator' && !field.search ? 'ID' : KINDS[field.kind];
}

function labelOf(fields: FieldMap, name: string): string {
	return fields[name]?.label ?? name;
}

/** While which choices of others the field is shown. */
function shownWhen({ showWhen = {} }: Field, fields: FieldMap): string {
	const conditions = Object.entries(showWhen).map(([name, values]) => {
		const other = fields[name];
		const words = values.map((value) => {
			if (typeof value === 'boolean') return value ? 'yes' : 'no';
			return other?.kind === 'options' || other?.kind === 'multiOptions'
				? (other.options.find((choice) => choice.value === value)?.label ?? value)
				: value;
		});
		return `*${labelOf(fields, name)}* is ${words.join(' or ')}`;
	});
	return conditions.length > 0 ? ` Shown when ${conditions.join(' and ')}.` : '';
}

function choicesOf(field: Field): string {
	if (field.kind === 'list') {
		const inner = Object.values(field.fields).map(({ label }) => label);
		return ` Each row: ${inner.join(', ')}.`;
	}
	if (field.kind !== 'options' && field.kind !== 'multiOptions') return '';
	const labels = field.options.map(({ label, description }) =>
		description ? `${label} (${description})` : label,
	);
	return ` Choices: ${labels.join('; ')}.`;
}

function defaultOf(field: Field): string {
	if (field.kind === 'options') {
		const { default: value, options } = field;
		return options.find((choice) => choice.value === value)?.label ?? value ?? '';
	}
	if (field.kind === 'boolean') return field.default ? 'yes' : 'no';
	if (field.kind === 'multiOptions') return (field.default ?? []).join(', ');
	const { default: value } = field;
	return value === undefined || value === null || Array.isArray(value) || value === ''
		? ''
		: typeof value === 'object'
			? JSON.stringify(value)
			: String(value);
}

/** The fields of a form: what must be filled in is bold. */
export function fieldTable(head: string, fields: FieldMap): string {
	const rows = Object.values(fields).map((field) => [
		field.required ? `**${field.label}**` : field.label,
		kindOf(field),
		`${field.description}.${choicesOf(field)}${shownWhen(field, fields)}`,
		defaultOf(field),
	]);
	return table([head, 'Kind', 'What it is', 'Default'], rows);
}

function valueText(field: Field | undefined, value: unknown): string {
	if (field?.kind === 'options')
		return field.options.find((choice) => choice.value === value)?.label ?? `\`${String(value)}\``;
	if (field?.kind === 'multiOptions' && typeof value === 'string') {
		const labels = value
			.split(',')
			.map((one) => field.options.find((choice) => choice.value === one)?.label ?? one);
		return labels.join(', ');
	}
	if (field?.kind === 'file') return 'a file';
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	const text = typeof value === 'string' ? (shortened(value) as string) : JSON.stringify(value);
	return `\`${text}\``;
}

/** How a form is filled in for an example. */
export function exampleTable(fields: FieldMap, input: Readonly<Record<string, unknown>>): string {
	const rows = Object.entries(input).map(([name, value]) => [
		labelOf(fields, name),
		valueText(fields[name], value),
	]);
	return rows.length > 0 ? table(['Field', 'Filled in with'], rows) : 'Nothing needs to be filled in.';
}
