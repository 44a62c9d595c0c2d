import { allFields, type Field, type Operation } from '@convoflow/kit';
import {
	defaultText,
	literalType,
	propertyOf,
	typePropertyOf,
} from '../../../packages/node-red/src/model/names';

function literalText(field: Field, value: unknown): string {
	if (field.kind === 'multiOptions') return (value as string[]).join(',');
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * The properties of a node whose form is filled in as a person would; what the input leaves out stays as it is
 * by default.
 * @param fileProperty property of the message that holds the file, where the operation takes one
 */
export function formConfig(
	operation: Operation,
	input: Readonly<Record<string, unknown>>,
	fileProperty: string,
): Record<string, string> {
	const entries = Object.entries(allFields(operation)).flatMap(([name, field]): [string, string][] => {
		const value = input[name];
		const text = value === undefined ? defaultText(field) : literalText(field, value);
		return field.kind === 'file'
			? [
					[propertyOf(name), fileProperty],
					[typePropertyOf(name), 'msg'],
				]
			: [
					[propertyOf(name), text],
					[typePropertyOf(name), literalType(field)],
				];
	});
	return Object.fromEntries(entries);
}
