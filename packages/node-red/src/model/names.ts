import type { Field, FieldMap } from '@convoflow/kit';

/** How the package is named in the registry. */
export const PACKAGE_NAME = '@convoflow/node-red-chatbots';

/**
 * Properties that Node-RED's editor or these nodes keep for themselves. Single letters are reserved too
 * (Node-RED: "Node properties").
 */
const RESERVED: ReadonlySet<string> = new Set([
	'name',
	'version',
	'operation',
	'sendAs',
	'fileAs',
	'fileFolder',
	'pictureAs',
	'id',
	'type',
	'wires',
	'inputs',
	'outputs',
	'label',
	'info',
	'icon',
	'color',
	'users',
	'valid',
	'changed',
	'dirty',
	'status',
	'credentials',
	'hasUsers',
	'selected',
]);

/** The property of a node that holds a field: its name, unless Node-RED needs that name. */
export function propertyOf(field: string): string {
	return RESERVED.has(field) || field.length === 1 ? `${field}Value` : field;
}

/**
 * What a node stores of plain fields, by the names of the fields. A text under the name itself is from a flow that was
 * made by hand; a number there is the version of the settings.
 */
export function storedFields(
	fields: FieldMap,
	config: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	return Object.fromEntries(
		Object.keys(fields).map((name) => {
			const byHand = propertyOf(name) !== name && typeof config[name] === 'string' ? config[name] : undefined;
			return [name, config[propertyOf(name)] ?? byHand];
		}),
	);
}

/** The property that tells where a field's value comes from. */
export function typePropertyOf(field: string): string {
	return `${propertyOf(field)}Type`;
}

/** Sources that are read anew for each message; every other type is a literal. */
export const DYNAMIC_TYPES = ['msg', 'flow', 'global', 'jsonata', 'env'] as const;

/** The typedInput type of a literal. */
export type LiteralType = 'str' | 'num' | 'bool' | 'choice' | 'json';

/** The typedInput type under which a literal of this kind is stored. */
export function literalType(field: Field): LiteralType {
	switch (field.kind) {
		case 'string':
		case 'text':
		case 'secret':
		case 'dateTime':
		case 'locator':
		case 'file':
			return 'str';
		case 'number':
			return 'num';
		case 'boolean':
			return 'bool';
		case 'options':
		case 'multiOptions':
			return 'choice';
		case 'json':
		case 'list':
			return 'json';
	}
}

/** A default as the form holds it: always text. */
export function defaultText(field: Field): string {
	const value = field.default;
	if (value === undefined || value === null) return '';
	if (field.kind === 'multiOptions') return (field.default ?? []).join(',');
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** True for a field that Node-RED keeps in its encrypted credentials file, so that exports leave it out. */
export function isPrivate(field: Field): boolean {
	return field.kind === 'secret';
}

/** What Node-RED keeps encrypted of a set of fields, as its credentials are declared. */
export function privateFieldsOf(fields: FieldMap): Record<string, { type: 'password' }> {
	const secrets = Object.entries(fields).filter(([, field]) => isPrivate(field));
	return Object.fromEntries(secrets.map(([name]) => [name, { type: 'password' }]));
}

/** How a list leaves a node. */
export const SEND_AS = ['one', 'page', 'row'] as const;
export type SendAs = (typeof SEND_AS)[number];

/** How a file leaves a node. */
export const FILE_AS = ['buffer', 'stream', 'path'] as const;
export type FileAs = (typeof FILE_AS)[number];

/** Form of a picture that an operation draws in SVG. */
export const PICTURE_AS = ['svg', 'png'] as const;
export type PictureAs = (typeof PICTURE_AS)[number];
