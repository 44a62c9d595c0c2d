import { faultOf, faultText } from './check-field';
import type { EditorNode, TypedInputType, TypedInputWidget } from './editor-api';
import { choiceKey, type FieldSpec } from './form-spec';

const ICONS: Readonly<Record<string, string>> = {
	str: 'red/images/typedInput/az.svg',
	num: 'red/images/typedInput/09.svg',
	bool: 'red/images/typedInput/bool.svg',
	choice: 'fa fa-list-ul',
	json: 'red/images/typedInput/json.svg',
};

function editJson(this: TypedInputWidget): void {
	RED.editor.editJSON({ value: this.value(), complete: (text) => this.value(text) });
}

function choicesOf(
	node: EditorNode,
	texts: string,
	common: string,
	field: FieldSpec,
): { value: string; label: string }[] {
	const unset =
		field.literalDefault === '' && !field.isMultiple
			? [{ value: '', label: node._(`${common}.notSet`) }]
			: [];
	if (field.literal === 'bool') {
		return [...unset, ...['true', 'false'].map((value) => ({ value, label: node._(`${common}.${value}`) }))];
	}
	const choices = field.choices ?? [];
	return [
		...unset,
		...choices.map((value) => ({ value, label: node._(`${texts}.choices.${choiceKey(value)}`) })),
	];
}

/**
 * The types that a field's typedInput offers: its own literal first, then the places a value can come from.
 * @param texts key of the field in the catalog
 * @param common key of the texts that all fields share
 * @param current the field with the limits that count as the form stands
 */
export function typesFor(
	node: EditorNode,
	texts: string,
	common: string,
	field: FieldSpec,
	current: () => FieldSpec,
): (string | TypedInputType)[] {
	const validate = (value: string): boolean | string => {
		const fault = faultOf(current(), { value, type: field.literal });
		return fault === undefined || faultText(node, texts, common, fault);
	};
	const hasChoices = field.literal === 'choice' || field.literal === 'bool';
	const literal: TypedInputType = {
		value: field.literal,
		label: node._(`${common}.types.${field.kind}`),
		icon: ICONS[field.literal] ?? '',
		...(hasChoices ? { options: choicesOf(node, texts, common, field) } : { validate }),
		...(field.isMultiple ? { multiple: true } : {}),
		...(field.literal === 'json' ? { expand: editJson } : {}),
	};
	const free: TypedInputType[] = field.isOpen
		? [{ value: 'str', label: node._(`${common}.types.string`), icon: ICONS['str'] ?? '' }]
		: [];
	if (field.isFixed) return [literal];
	return [literal, ...free, 'msg', 'flow', 'global', 'jsonata', 'env'];
}
