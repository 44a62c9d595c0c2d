import { readDateTime } from '@convoflow/kit';
import type { EditorNode } from './editor-api';
import type { FieldSpec, ValueSpec } from './form-spec';
import { rowsOf } from './stored-rows';

/** What a field is set to. */
export interface Setting {
	readonly value: string;
	readonly type: string;
}

/** Catalog keys of the reasons, below `<type>.errors`. */
export type Reason =
	'required' | 'number' | 'integer' | 'min' | 'max' | 'date' | 'json' | 'maxLength' | 'source';

/** What is wrong with a field, or with a cell of its rows. */
export interface Fault {
	readonly reason: Reason;
	/** The field itself, or the column of its rows. */
	readonly of: ValueSpec;
	/** Number of the row, from 1. */
	readonly row?: number;
}

const DYNAMIC = ['msg', 'flow', 'global', 'jsonata', 'env'];

/** True for a value that is read anew for each message. */
export function isDynamic(type: string): boolean {
	return DYNAMIC.includes(type);
}

/** Why a literal is not right as it stands; undefined when it is. */
export function literalReason(field: ValueSpec, text: string): Reason | undefined {
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
	// In which zone a time is meant decides nothing about its form.
	if (field.kind === 'dateTime' && readDateTime(text, 'UTC') === undefined) return 'date';
	if (field.literal === 'json') {
		try {
			JSON.parse(text);
		} catch {
			return 'json';
		}
	}
	return undefined;
}

/** The first cell that is not right, where the text holds rows. */
function faultInRows({ columns }: FieldSpec, text: string): Fault | undefined {
	for (const [index, cells] of (columns ? (rowsOf(text, columns) ?? []) : []).entries()) {
		for (const column of columns ?? []) {
			const reason = literalReason(column, cells[column.name] ?? '');
			if (reason !== undefined) return { reason, of: column, row: index + 1 };
		}
	}
	return undefined;
}

/** What is not right with a field as it stands; undefined when nothing is. */
export function faultOf(field: FieldSpec, { value, type }: Setting): Fault | undefined {
	const found = (reason: Reason | undefined): Fault | undefined => reason && { reason, of: field };
	if (!isDynamic(type)) return found(literalReason(field, value)) ?? faultInRows(field, value);
	if (value.trim() === '')
		return found(field.isRequired && field.literalDefault === '' ? 'required' : undefined);
	return found(RED.utils.validateTypedProperty(value, type, {}) === true ? undefined : 'source');
}

/** Key of a field's texts in the catalog. */
export function textsOf(type: string, field: FieldSpec, operation: string): string {
	return field.isOption
		? `${type}.options.${field.name}`
		: `${type}.operations.${operation}.fields.${field.name}`;
}

/**
 * A fault in the user's language.
 * @param texts key of the field in the catalog
 * @param common key of the texts that all fields share
 */
export function faultText(
	node: EditorNode,
	texts: string,
	common: string,
	{ reason, of, row }: Fault,
): string {
	const label = node._(`${texts}.label`);
	const { maxLength, min, max } = of;
	if (row === undefined) return node._(`${common}.errors.${reason}`, { label, maxLength, min, max });
	const column = node._(`${texts}.columns.${of.name}.label`);
	const problem = node._(`${common}.errors.${reason}`, { label: column, maxLength, min, max });
	return node._(`${common}.errors.inRow`, { label, row, problem });
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
