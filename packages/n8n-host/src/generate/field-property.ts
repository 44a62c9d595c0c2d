import { modesOf, type Field, type FieldMap, type LocatorField, type ShowWhen } from '@convoflow/kit';
import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyMode,
	INodePropertyOptions,
} from 'n8n-workflow';
import { ADDITIONAL_FIELDS, OPTIONS, ROWS } from '../parameters';

/** When a property is seen, by the values of others. */
export type Show = Readonly<Record<string, readonly (string | boolean)[]>>;

type Kind = Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties>;

function choices(field: Field & { kind: 'options' | 'multiOptions' }): INodePropertyOptions[] {
	return field.options.map(({ label, value, description }) => ({
		name: label,
		value,
		...(description === undefined ? {} : { description }),
	}));
}

/** A way to fill a locator. */
function locatorMode(field: LocatorField, mode: 'list' | 'id' | 'url'): INodePropertyMode {
	switch (mode) {
		case 'list':
			return {
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${/^[aeiou]/.test(field.thing) ? 'an' : 'a'} ${field.thing}...`,
				typeOptions: { searchListMethod: field.search?.name ?? '', searchable: true },
			};
		case 'id':
			return {
				displayName: `By ${field.idIs ?? 'ID'}`,
				// Of a mode named "id" the editor says "By ID", whatever it is called.
				name: (field.idIs ?? 'ID').toLowerCase(),
				type: 'string',
				...(field.placeholder ? { placeholder: field.placeholder } : {}),
			};
		case 'url':
			return {
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				...(field.urlExample ? { placeholder: `e.g. ${field.urlExample}` } : {}),
			};
	}
}

/** What is particular to a kind of field. A kind that is missing here does not compile. */
function kindOf(name: string, field: Field): Kind {
	switch (field.kind) {
		case 'string':
			return { type: 'string', default: field.default ?? '' };
		case 'text':
			return { type: 'string', typeOptions: { rows: 4 }, default: field.default ?? '' };
		case 'secret':
			// n8n keeps every field of a credential encrypted; its linter wants IDs to be readable in the form.
			return {
				type: 'string',
				...(/Id$/.test(name) ? {} : { typeOptions: { password: true } }),
				default: field.default ?? '',
			};
		case 'number': {
			// A number in n8n cannot be left blank: it would start at 0 and be sent. A text can, and is read as a
			// number.
			if (field.default === undefined) return { type: 'string', default: '' };
			const limits = {
				...(field.min === undefined ? {} : { minValue: field.min }),
				...(field.max === undefined ? {} : { maxValue: field.max }),
				// The linter knows the options of Limit only as n8n itself writes them.
				...(field.integer && name !== 'limit' ? { numberPrecision: 0 } : {}),
			};
			const typeOptions = Object.keys(limits).length > 0 ? { typeOptions: limits } : {};
			return { type: 'number', ...typeOptions, default: field.default };
		}
		case 'boolean':
			return { type: 'boolean', default: field.default };
		case 'options':
			return {
				type: 'options',
				options: choices(field),
				default: field.default ?? field.options[0]?.value ?? '',
			};
		case 'multiOptions':
			return {
				type: 'multiOptions',
				...(field.open ? { allowArbitraryValues: true } : {}),
				options: choices(field),
				default: [...(field.default ?? [])],
			};
		case 'dateTime':
			return { type: 'dateTime', default: field.default ?? '' };
		case 'json':
			return { type: 'json', default: field.default === undefined ? '' : JSON.stringify(field.default) };
		case 'list':
			return {
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				options: [{ displayName: field.item, name: ROWS, values: properties(field.fields) }],
				default: {},
			};
		case 'file':
			return {
				type: 'string',
				typeOptions: { binaryDataProperty: true },
				default: 'data',
				hint: field.hint ?? 'The name of the input binary field that holds the file',
			};
		case 'locator':
			return {
				type: 'resourceLocator',
				...(field.search && field.search.dependsOn.length > 0
					? { typeOptions: { loadOptionsDependsOn: [...field.search.dependsOn] } }
					: {}),
				modes: modesOf(field).map((mode) => locatorMode(field, mode)),
				default: { mode: locatorMode(field, modesOf(field)[0] ?? 'id').name, value: field.default ?? '' },
			};
	}
}

/** Display options from the places a property belongs to and the field's own condition. */
function displayOptions(
	show: Show,
	showWhen: ShowWhen | undefined,
	prefix: string,
): { displayOptions?: IDisplayOptions } {
	const own = Object.fromEntries(
		Object.entries(showWhen ?? {}).map(([name, values]) => [prefix + name, [...values]]),
	);
	const all = {
		...Object.fromEntries(Object.entries(show).map(([name, values]) => [name, [...values]])),
		...own,
	};
	return Object.keys(all).length > 0 ? { displayOptions: { show: all } } : {};
}

/** What the tip of a field says. A list in n8n takes other values by an expression only. */
function descriptionOf(field: Field): string {
	const isOpen = field.kind === 'options' && field.open;
	return isOpen
		? `${field.description}; a value that is not in the list can be given as an expression`
		: field.description;
}

/**
 * The n8n property of a field.
 * @param show when the form it belongs to is seen
 * @param prefix `/` for a field inside a collection, whose conditions look at the form around it
 */
export function property(name: string, field: Field, show: Show = {}, prefix = ''): INodeProperties {
	const {
		type,
		typeOptions,
		allowArbitraryValues,
		options,
		modes,
		hint = field.hint,
		default: start,
	} = kindOf(name, field);
	return {
		displayName: field.label,
		name,
		type,
		...(typeOptions ? { typeOptions } : {}),
		...(allowArbitraryValues ? { allowArbitraryValues } : {}),
		...(options ? { options } : {}),
		...(modes ? { modes } : {}),
		...(field.required ? { required: true } : {}),
		...displayOptions(show, field.showWhen, prefix),
		...(field.isFixed ? { noDataExpression: true } : {}),
		default: start,
		...(field.placeholder && field.kind !== 'locator' ? { placeholder: field.placeholder } : {}),
		...(hint ? { hint } : {}),
		description: descriptionOf(field),
	};
}

/** The properties of several fields, in their order. */
export function properties(fields: FieldMap, show: Show = {}): INodeProperties[] {
	return Object.entries(fields).map(([name, field]) => property(name, field, show));
}

/** The collection of optional fields; none when there are none. */
export function additionalFields(optional: FieldMap, show: Show = {}): INodeProperties[] {
	return collection(
		{ name: ADDITIONAL_FIELDS, displayName: 'Additional Fields', placeholder: 'Add Field' },
		optional,
		show,
	);
}

/** The collection of how an operation is run. */
export function optionsCollection(options: FieldMap, show: Show = {}): INodeProperties[] {
	return collection({ name: OPTIONS, displayName: 'Options', placeholder: 'Add Option' }, options, show);
}

type Frame = Required<Pick<INodeProperties, 'name' | 'displayName' | 'placeholder'>>;

/** Fields in a collection, sorted by label as n8n asks for. */
function collection(
	{ name: own, displayName, placeholder }: Frame,
	fields: FieldMap,
	show: Show,
): INodeProperties[] {
	const entries = Object.entries(fields).sort(([, a], [, b]) => a.label.localeCompare(b.label));
	if (entries.length === 0) return [];
	const options: Array<INodeProperties | INodePropertyCollection> = entries.map(([name, field]) =>
		property(name, field, {}, '/'),
	);
	return [
		{
			displayName,
			name: own,
			type: 'collection',
			placeholder,
			...displayOptions(show, undefined, ''),
			options,
			default: {},
		},
	];
}
