import { faultOf, faultText, isDynamic, isShown, textsOf, withLimits, type Setting } from './check-field';
import type { EditorNode, Selection, Validator } from './editor-api';
import { addMeaning } from './choice-meaning';
import { exampleText } from './example-text';
import type { FieldSpec, FormSpec, OperationSpec } from './form-spec';
import { listQuestion } from './list-question';
import { addListRows } from './list-rows';
import { ListSearch } from './list-search';
import { addPicker } from './picker';
import { nodeLabels, type NodeLabels } from './node-labels';
import { countOutputs } from './outputs';
import { typesFor } from './typed-types';

const ICON_BY_KIND: Readonly<Record<string, string>> = {
	string: 'fa-i-cursor',
	text: 'fa-align-left',
	number: 'fa-hashtag',
	boolean: 'fa-toggle-on',
	options: 'fa-list-ul',
	multiOptions: 'fa-list-ul',
	dateTime: 'fa-calendar-o',
	json: 'fa-code',
	list: 'fa-list-ol',
	locator: 'fa-crosshairs',
	file: 'fa-file-o',
};

const input = (property: string): Selection => $(`#node-input-${property}`);

/** Everything the html of an action node hands to the editor. */
export interface ActionForm extends NodeLabels {
	prepare(this: EditorNode): void;
	close(this: EditorNode): void;
	/** Checks a field of whichever operation is chosen. */
	field(property: string): Validator;
	/** Checks that a credential is chosen, if the chosen operation uses it. */
	credential(property: string): Validator;
}

/** Makes the form of an action node: the operation first, then only its fields. */
export function actionForm(spec: FormSpec): ActionForm {
	const { type } = spec;
	/** The node whose dialog is open; others are checked by what they store. */
	let open: EditorNode | undefined;
	const lists = new ListSearch();
	const setOpen = (node: EditorNode | undefined): void => {
		open = node;
	};

	const operationOf = (node: EditorNode): string =>
		String((open === node ? input('operation').val() : undefined) ?? node['operation'] ?? '');

	/** What a field is set to: in the dialog when it is open, else in the node. */
	const settingOf = (node: EditorNode, { property, defaultType, defaultValue }: FieldSpec): Setting => {
		const element = input(property);
		if (open === node && element.length > 0) {
			// The widget's own value: that of the element follows only when the field is left.
			return { value: element.typedInput('value'), type: element.typedInput('type') };
		}
		return {
			value: String(node[property] ?? defaultValue),
			type: String(node[`${property}Type`] ?? defaultType),
		};
	};

	const find = (operation: OperationSpec | undefined, property: string): FieldSpec | undefined =>
		operation?.fields.find((one) => one.property === property);

	const otherSetting =
		(node: EditorNode, operation: OperationSpec | undefined) =>
		(property: string): Setting | undefined => {
			const other = find(operation, property);
			return other && settingOf(node, other);
		};

	const visible = (node: EditorNode, operation: OperationSpec, field: FieldSpec): boolean =>
		isShown(field, otherSetting(node, operation));

	return {
		...nodeLabels(type),
		field: (property) =>
			// Two parameters, since Node-RED takes a text for a reason from such a function only.
			function (_value, _options) {
				const id = operationOf(this);
				const operation = spec.operations[id];
				const field = find(operation, property);
				if (!operation || !field || !visible(this, operation, field)) return true;
				const limited = withLimits(field, otherSetting(this, operation));
				const fault = faultOf(limited, settingOf(this, field));
				return fault === undefined || faultText(this, textsOf(type, field, id), type, fault);
			},
		credential: (property) =>
			function (value, _options) {
				if (spec.operations[operationOf(this)]?.credential !== property) return true;
				if (value !== '' && value !== '_ADD_' && value != null) return true;
				return this._(`${type}.errors.credential`);
			},
		close() {
			lists.cancel();
			setOpen(undefined);
		},
		prepare() {
			setOpen(this);
			const remembered = new Map<string, Setting>();
			let shown: OperationSpec | undefined;

			const remember = (): void => {
				for (const field of shown?.fields ?? []) remembered.set(field.property, settingOf(this, field));
			};

			/** What was set is kept when the operation changes; a default gives way to the new operation's default. */
			const initial = (field: FieldSpec, before: OperationSpec | undefined): Setting => {
				const stored = this[field.property];
				const set: Setting | undefined =
					remembered.get(field.property) ?? (stored === undefined ? undefined : settingOf(this, field));
				const old = find(before, field.property);
				const isUntouched = old && set?.value === old.defaultValue && set.type === old.defaultType;
				if (!set || isUntouched) return { value: field.defaultValue, type: field.defaultType };
				if (isDynamic(set.type) || (field.isOpen && set.type === 'str')) return set;
				const isKnown =
					!field.choices || field.isMultiple || set.value === '' || field.choices.includes(set.value);
				return { value: isKnown ? set.value : field.literalDefault, type: field.literal };
			};

			const toggleRows = (): void => {
				const outputs = countOutputs(shown, (property) => otherSetting(this, shown)(property)?.value);
				input('outputs').val(String(outputs));
				for (const field of shown?.fields ?? []) {
					if (shown)
						input(field.property)
							.closest('.form-row')
							.toggle(visible(this, shown, field));
					if (field.maxLengthWhen) input(field.property).typedInput('validate');
				}
			};

			const addRow = (target: Selection, id: string, field: FieldSpec, setting: Setting): void => {
				const texts = textsOf(type, field, id);
				const inputId = `node-input-${field.property}`;
				const label = this._(`${texts}.label`);
				const row = $('<div class="form-row"></div>').appendTo(target);
				$('<label></label>')
					.attr('for', inputId)
					.attr('title', this._(`${texts}.description`))
					.append(
						$(`<i class="fa ${ICON_BY_KIND[field.kind] ?? 'fa-tag'}"></i>`),
						$('<span></span>').text(` ${label}`),
					)
					.appendTo(row);
				const typeField = $(`<input type="hidden" id="${inputId}Type">`).val(setting.type).appendTo(row);
				const element = $(`<input type="text" id="${inputId}" style="width: 100%">`).attr(
					'aria-label',
					label,
				);
				if (field.hasPlaceholder)
					element.attr('placeholder', exampleText(this, type, `${texts}.placeholder`));
				element.val(setting.value).appendTo(row);
				const current = (): FieldSpec => (shown ? withLimits(field, otherSetting(this, shown)) : field);
				const types = typesFor(this, texts, type, field, current);
				element.typedInput({ default: field.literal, types, typeField });
				element.typedInput('type', setting.type);
				element.typedInput('value', setting.value);
				row
					.find('.red-ui-typedInput-option-trigger, .red-ui-typedInput-option-expand')
					.attr('aria-label', label);
				const { search } = field;
				const credential = shown?.credential ?? '';
				if (search) {
					addPicker({
						row,
						id: inputId,
						input: row.find('.red-ui-typedInput-input'),
						box: row.find('.red-ui-typedInput-container'),
						lists,
						isLiteral: () => element.typedInput('type') === field.literal,
						question: () =>
							listQuestion(
								spec.credentials[credential],
								String(input(credential).val() ?? ''),
								search,
								(other) => {
									const known = find(shown, other);
									return known && settingOf(this, known);
								},
							),
						text: (key, values) => this._(`${type}.picker.${key}`, { label, ...values }),
						choose: ({ value }) => element.typedInput('value', value),
					});
				}
				addListRows(this, row, field, texts, type, element);
				if (field.hasHint)
					$('<div class="convoflow-hint"></div>')
						.text(this._(`${texts}.hint`))
						.appendTo(row);
				addMeaning(this, row, field, texts, element, () => settingOf(this, field));
				element.on('change', toggleRows);
			};

			const toggleFile = (): void => {
				const isFile = shown?.isFile ?? false;
				$('.convoflow-file').toggle(isFile);
				$('.convoflow-picture').toggle(shown?.isPicture ?? false);
				$('.convoflow-folder').toggle(isFile && input('fileAs').val() === 'path');
			};

			const render = (): void => {
				const before = shown;
				remember();
				const id = operationOf(this);
				const operation = spec.operations[id];
				$('.convoflow-fields').empty();
				shown = operation;
				$('.convoflow-description').text(operation ? this._(`${type}.operations.${id}.description`) : '');
				const hasOptional = operation?.fields.some((one) => one.isOptional && !one.isOption) ?? false;
				$('.convoflow-section-optional').toggle(hasOptional);
				$('.convoflow-section-options').toggle(operation?.fields.some((one) => one.isOption) ?? false);
				$('.convoflow-list').toggle(operation?.isList ?? false);
				toggleFile();
				$('[data-credential]').each(function () {
					const row = $(this as object);
					row.toggle(row.attr('data-credential') === operation?.credential);
				});
				const isOpened = { optional: false, options: false };
				for (const field of operation?.fields ?? []) {
					const setting = initial(field, before);
					const section = field.isOption ? 'options' : 'optional';
					addRow($(field.isOptional ? `#convoflow-${section}` : '#convoflow-required'), id, field, setting);
					isOpened[section] ||= field.isOptional && setting.value !== field.defaultValue;
				}
				$('.convoflow-section-optional').prop('open', isOpened.optional);
				$('.convoflow-section-options').prop('open', isOpened.options);
				toggleRows();
			};

			input('operation').on('change', render);
			input('fileAs').on('change', toggleFile);
			render();
		},
	};
}
