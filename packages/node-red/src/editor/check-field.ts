import type { EditorNode } from './editor-api';
import type { FieldSpec } from './form-spec';

/** What a field is set to. */
export interface Setting {
	readonly value: string;
	readonly type: string;
}

/** Catalog keys of the reasons, below `<type>.errors`. */
export type Reason = 'required' | 'number' | 'integer' | 'min' | 'max' | 'json' | 'maxLength' | 'source';

const DYNAMIC = ['msg', 'flow', 'global', 'jsonata', 'env'];

/** True for a value that is read anew for each message. */
export function isDynamic(type: string): boolean {
	return DYNAMIC.includes(type);
}

function literalReason(field: FieldSpec, text: string): Reason | undefined {
	if (text.trim() === '') return field.isRequired && field.literalDefault === '' ? 'required' : undefined;
	// The whole value may be an environment variable.
	if (/^\$\{[^}]+\}$/.test(text)) return undefined;
	if (field.maxLength !== undefined && text.length > field.maxLength) return 'maxLength';
	if (field.literal === 'num') {
		const number = Number(text);
		if (!Number.isFinite(number)) return 'number';
		if (field.isInteger && !Number.isInteger(number)) return 'integer';
		if (field.min !== undefined && number < field.min) return 'min';
		if (field.max !== undefined && number > field.max) return 'max';
	}
	if (field.literal === 'json') {
		try {
			JSON.parse(text);
		} catch {
			return 'json';
		}
	}
	return undefined;
}

/** Why a field is not right as it stands; undefined when it is. */
export function reasonAgainst(field: FieldSpec, { value, type }: Setting): Reason | undefined {
	if (!isDynamic(type)) return literalReason(field, value);
	if (value.trim() === '') return field.isRequired && field.literalDefault === '' ? 'required' : undefined;
	return RED.utils.validateTypedProperty(value, type, {}) === true ? undefined : 'source';
}

/** Key of a field's texts in the catalog. */
export function textsOf(type: string, field: FieldSpec, operation: string): string {
	return field.isOption
		? `${type}.options.${field.name}`
		: `${type}.operations.${operation}.fields.${field.name}`;
}

/** The reason in the user's language. */
export function reasonText(
	node: EditorNode,
	type: string,
	field: FieldSpec,
	operation: string,
	reason: Reason,
): string {
	const label = node._(`${textsOf(type, field, operation)}.label`);
	const { maxLength, min, max } = field;
	return node._(`${type}.errors.${reason}`, { label, maxLength, min, max });
}

type SettingOf = (property: string) => Setting | undefined;

/** True when the fields that this one depends on let it be seen. */
export function isShown(field: FieldSpec, settingOf: SettingOf): boolean {
	return Object.entries(field.showWhen ?? {}).every(([property, wanted]) => {
		const setting = settingOf(property);
		return setting === undefined || isDynamic(setting.type) || wanted.includes(setting.value);
	});
}

/** The field without a limit that other fields switch off, or may switch off when a message arrives. */
export function withLimits(field: FieldSpec, settingOf: SettingOf): FieldSpec {
	const counts = Object.entries(field.maxLengthWhen ?? {}).every(([property, wanted]) => {
		const setting = settingOf(property);
		return setting !== undefined && !isDynamic(setting.type) && wanted.includes(setting.value);
	});
	return counts ? field : { ...field, maxLength: Infinity };
}
