import type { Credential, Field, FieldMap, Operation, ShowWhen } from '@convoflow/kit';
import type {
	ColumnSpec,
	CredentialSpec,
	FieldSpec,
	FormSpec,
	ListSpec,
	OperationSpec,
	ValueSpec,
} from '../editor/form-spec';
import type { RowSpec } from '../editor/plain-form';
import { NETWORK_PROPERTIES } from '../model/network';
import { defaultText, literalType, propertyOf, typePropertyOf } from '../model/names';
import { isPicture, type ActionNode, type NodeOperation } from '../model/nodes';

/** A condition by the properties of the fields that it names. */
function condition(when: ShowWhen): Record<string, string[]> {
	return Object.fromEntries(
		Object.entries(when).map(([name, values]) => [propertyOf(name), values.map(String)]),
	);
}

function showWhenOf(showWhen: ShowWhen | undefined): { showWhen?: Record<string, string[]> } {
	return showWhen ? { showWhen: condition(showWhen) } : {};
}

/** What the editor checks a value by. */
function valueSpec(name: string, field: Field, literalDefault: string): ValueSpec {
	return {
		name,
		kind: field.kind,
		literal: literalType(field),
		isRequired: field.required ?? false,
		literalDefault,
		...('maxLength' in field && field.maxLength !== undefined ? { maxLength: field.maxLength } : {}),
		...(field.kind === 'number' ? { isInteger: field.integer ?? false } : {}),
		...(field.kind === 'number' && field.min !== undefined ? { min: field.min } : {}),
		...(field.kind === 'number' && field.max !== undefined ? { max: field.max } : {}),
	};
}

function columnSpecs(fields: FieldMap): ColumnSpec[] {
	return Object.entries(fields).map(([name, field]) => ({
		...valueSpec(name, field, defaultText(field)),
		hasPlaceholder: field.placeholder !== undefined,
	}));
}

/** The list that a field can be picked from. */
function listOf(field: Field): { search?: ListSpec } {
	if (field.kind !== 'locator' || !field.search) return {};
	const { name, dependsOn } = field.search;
	return {
		search: { name, dependsOn: Object.fromEntries(dependsOn.map((other) => [other, propertyOf(other)])) },
	};
}

/** A credential as forms need it to ask for lists. */
export function credentialSpec({ nodeRedType, fields }: Credential): CredentialSpec {
	return { type: nodeRedType, fields: [...Object.keys(fields), ...NETWORK_PROPERTIES] };
}

function fieldSpec(name: string, field: Field, isOptional: boolean): FieldSpec {
	const literalDefault = defaultText(field);
	const isChoice = field.kind === 'options' || field.kind === 'multiOptions';
	return {
		...valueSpec(name, field, isOptional ? '' : literalDefault),
		property: propertyOf(name),
		isOptional,
		defaultType: field.from === undefined ? literalType(field) : 'msg',
		defaultValue: field.from ?? (isOptional ? '' : literalDefault),
		hasPlaceholder: field.placeholder !== undefined,
		hasHint: field.hint !== undefined,
		...(isChoice ? { choices: field.options.map(({ value }) => value), isOpen: field.open ?? false } : {}),
		...(isChoice
			? { describedChoices: field.options.flatMap((one) => (one.description ? [one.value] : [])) }
			: {}),
		...(field.kind === 'multiOptions' ? { isMultiple: true } : {}),
		...('maxLengthWhen' in field && field.maxLengthWhen
			? { maxLengthWhen: condition(field.maxLengthWhen) }
			: {}),
		...(field.kind === 'list' ? { columns: columnSpecs(field.fields) } : {}),
		...listOf(field),
		...(field.isFixed ? { isFixed: true } : {}),
		...showWhenOf(field.showWhen),
	};
}

/** The several ways out of an operation, as the form counts them. */
function outputsOf({ outputs }: Operation): Pick<OperationSpec, 'outputs'> {
	if (!outputs) return {};
	const { labels, when } = outputs;
	return { outputs: { count: labels.length, property: propertyOf(when.field), is: when.is } };
}

function fieldSpecs({ operation, fields, options }: NodeOperation): FieldSpec[] {
	const own = Object.entries(fields).map(([name, field]) =>
		fieldSpec(name, field, Object.hasOwn(operation.optional, name)),
	);
	const common = Object.entries(options).map(([name, field]) => ({
		...fieldSpec(name, field, true),
		isOption: true,
	}));
	return [...own, ...common];
}

/** Every field of an operation as the form has it, by property. */
export function settingsOf(operation: NodeOperation): Map<string, FieldSpec> {
	return new Map(fieldSpecs(operation).map((one) => [one.property, one]));
}

/** What the form of an action node is made from. */
export function formSpec(action: ActionNode): FormSpec {
	return {
		type: action.type,
		operations: Object.fromEntries(
			action.operations.map((one) => [
				one.id,
				{
					credential: one.credential?.name ?? '',
					isList: one.operation.returns === 'many' || one.operation.returns === 'rows',
					isFile: one.operation.returns === 'file',
					isPicture: isPicture(one.operation),
					...outputsOf(one.operation),
					fields: fieldSpecs(one),
				},
			]),
		),
		credentials: Object.fromEntries(
			action.credentials.map((credential) => [credential.name, credentialSpec(credential)]),
		),
	};
}

/** A row of a form without typedInputs. */
export function rowSpecs(fields: FieldMap): RowSpec[] {
	return Object.entries(fields).map(([name, field]) => ({
		name,
		property: propertyOf(name),
		...(field.kind === 'multiOptions' ? { isMultiple: true } : {}),
		...listOf(field),
		...showWhenOf(field.showWhen),
	}));
}

/**
 * The operation that a new node and its example start with: the main one of its first resource.
 * @throws TypeError when the resource names one that it does not have
 */
export function firstOperation({ type, operations }: ActionNode): NodeOperation {
	const resource = operations[0]?.resource;
	const own = operations
		.filter((one) => one.resource === resource)
		.sort((a, b) => a.operation.displayName.localeCompare(b.operation.displayName));
	const main = resource?.main;
	const first = main === undefined ? own[0] : own.find(({ operation }) => operation.name === main);
	if (!first) throw new TypeError(`${type}: no operation to start with${main ? `, ${main} is none` : ''}`);
	return first;
}

/**
 * Every field property of an action node with its value and type in a new node. A field of several operations
 * starts as the first operation wants it.
 * @throws TypeError when two fields would share a property
 */
export function fieldDefaults(action: ActionNode): Map<string, string> {
	const first = firstOperation(action);
	const owners = new Map<string, string>();
	const defaults = new Map<string, string>();
	const own = (property: string, owner: string): boolean => {
		const known = owners.get(property);
		if (known !== undefined && known !== owner) {
			throw new TypeError(
				`${action.type}: the fields ${known} and ${owner} would both be kept as ${property}`,
			);
		}
		owners.set(property, owner);
		return known === undefined;
	};
	for (const { name } of action.credentials) own(name, `credential ${name}`);
	for (const operation of [first, ...action.operations]) {
		for (const { name, property, defaultType, defaultValue } of fieldSpecs(operation)) {
			if (own(property, name)) defaults.set(property, defaultValue);
			if (own(typePropertyOf(name), `type of ${name}`)) defaults.set(typePropertyOf(name), defaultType);
		}
	}
	return defaults;
}
