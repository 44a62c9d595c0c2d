import type { Field, FieldMap } from '@convoflow/kit';
import { choiceKey } from '../editor/form-spec';
import { propertyOf } from '../model/names';

/** Escapes a text for an attribute or an element. */
export function escape(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Style of every form, by Node-RED's own colours, so that it follows the theme. */
export const STYLE = `<style>
	.convoflow-form { min-width: 460px; }
	.convoflow-form .form-row { display: flex; flex-wrap: wrap; align-items: center; column-gap: 8px; }
	.convoflow-form .form-row > label { flex: 0 0 160px; width: auto; margin: 0; }
	.convoflow-form .form-row > label i { width: 16px; text-align: center; }
	.convoflow-form .form-row > :not(label, button, .convoflow-hint) { flex: 1 1 0; min-width: 0; }
	.convoflow-form .form-row > input[type=checkbox] { flex: 0 0 auto; margin: 0; }
	.convoflow-form .form-row.convoflow-top { align-items: flex-start; }
	.convoflow-form .convoflow-hint { flex: 1 0 100%; width: 0; min-width: 100%; margin: 4px 0 0; padding-left: 168px; box-sizing: border-box; color: var(--red-ui-secondary-text-color); }
	.convoflow-form .convoflow-description { margin: -6px 0 12px 168px; contain: inline-size; color: var(--red-ui-secondary-text-color); }
	.convoflow-form details > summary { margin: 0 0 12px; cursor: pointer; }
	.convoflow-form details > summary:focus-visible { outline: 1px solid var(--red-ui-form-input-focus-color); outline-offset: 2px; }
	.convoflow-form .convoflow-boxes { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 2px 12px; }
	.convoflow-form .convoflow-boxes label { width: auto; margin: 0; }
	.convoflow-form .convoflow-boxes input { width: auto; margin: 0 4px 0 0; vertical-align: -2px; }
	.convoflow-form .convoflow-with-button { display: flex; gap: 8px; }
	.convoflow-form .convoflow-with-button input { flex: 1; min-width: 0; }
	.convoflow-form input[readonly] { color: var(--red-ui-form-text-color); }
	.convoflow-form .form-tips { contain: inline-size; max-width: none; margin: 0 0 12px 168px; }
	.convoflow-form .convoflow-after-label { margin-left: 168px; }
	.convoflow-form .form-row { position: relative; }
	.convoflow-form .convoflow-pick { flex: 0 0 34px; }
	.convoflow-form .form-row > .convoflow-picker { position: absolute; z-index: 20; top: 100%; left: 168px; right: 0; flex: none; border: 1px solid var(--red-ui-form-input-border-color); border-radius: 4px; background: var(--red-ui-form-input-background); box-shadow: 0 4px 10px var(--red-ui-shadow, transparent); }
	.convoflow-form .convoflow-picker ul { margin: 0; padding: 0; max-height: 208px; overflow-y: auto; list-style: none; }
	.convoflow-form .convoflow-picker li { padding: 5px 10px; cursor: pointer; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--red-ui-form-text-color); }
	.convoflow-form .convoflow-picker li small { color: var(--red-ui-secondary-text-color); }
	.convoflow-form .convoflow-picker li:hover { background: var(--red-ui-list-item-background-hover); }
	.convoflow-form .convoflow-picker li[aria-selected=true] { background: var(--red-ui-list-item-background-selected); outline: 1px solid var(--red-ui-form-input-focus-color); outline-offset: -1px; }
	.convoflow-form .convoflow-picker [role=status] { padding: 5px 10px; color: var(--red-ui-secondary-text-color); }
	.convoflow-form .convoflow-as-rows .red-ui-typedInput-input-wrap { visibility: hidden; }
	.convoflow-form .form-row > .convoflow-rows { flex: 1 0 100%; box-sizing: border-box; padding-left: 168px; margin-top: 4px; }
	.convoflow-form .convoflow-cells { display: flex; gap: 6px; }
	.convoflow-form .convoflow-cells > * { flex: 1 1 0; min-width: 0; width: auto; margin: 0; }
	.convoflow-form .convoflow-cells.red-ui-editableList-header { padding: 4px 38px 4px 34px; }
	.convoflow-form .convoflow-good { color: var(--red-ui-text-color-success); }
	.convoflow-form .convoflow-bad { color: var(--red-ui-text-color-error); }
</style>`;

/** The label of a row. */
export function label(id: string, icon: string, key: string, titleKey?: string): string {
	const title = titleKey === undefined ? '' : ` data-i18n="[title]${titleKey}"`;
	return `<label for="${id}"${title}><i class="fa ${icon}"></i> <span data-i18n="${key}"></span></label>`;
}

/** A row with a label and a control. */
export function row(content: string, attributes = '', className = ''): string {
	return `\t<div class="${['form-row', className].join(' ').trim()}"${attributes}>\n${content
		.split('\n')
		.map((line) => `\t\t${line}`)
		.join('\n')}\n\t</div>`;
}

/** The row that chooses a config node. */
export function credentialRow(type: string, credentialName: string, attributes = ''): string {
	const id = `node-input-${credentialName}`;
	return row(`${label(id, 'fa-key', `${type}.credential`)}\n<input type="text" id="${id}">`, attributes);
}

/** The row for the node's name. */
export function nameRow(prefix: string, type: string): string {
	const id = `${prefix}-name`;
	return row(
		`${label(id, 'fa-tag', `${type}.name`)}\n<input type="text" id="${id}" data-i18n="[placeholder]${type}.name">`,
	);
}

const ICONS: Readonly<Record<Field['kind'], string>> = {
	string: 'fa-i-cursor',
	text: 'fa-align-left',
	secret: 'fa-lock',
	number: 'fa-hashtag',
	boolean: 'fa-toggle-on',
	options: 'fa-list-ul',
	multiOptions: 'fa-check-square-o',
	dateTime: 'fa-calendar-o',
	json: 'fa-code',
	list: 'fa-list-ol',
	locator: 'fa-crosshairs',
	file: 'fa-file-o',
};

/** A row of a form whose values are literals: config nodes and triggers. */
export function plainRow(prefix: string, type: string, name: string, field: Field): string {
	const id = `${prefix}-${propertyOf(name)}`;
	const texts = `${type}.fields.${name}`;
	const head = label(id, ICONS[field.kind], `${texts}.label`, `${texts}.description`);
	const placeholder = field.placeholder === undefined ? '' : ` data-i18n="[placeholder]${texts}.placeholder"`;
	const hint =
		field.hint === undefined ? '' : `\n<div class="convoflow-hint" data-i18n="${texts}.hint"></div>`;
	switch (field.kind) {
		case 'secret':
			return row(`${head}\n<input type="password" id="${id}" autocomplete="off"${placeholder}>${hint}`);
		case 'boolean':
			return row(`${head}\n<input type="checkbox" id="${id}" style="width: auto; flex: none">${hint}`);
		case 'options': {
			const options = field.options.map(
				({ value }) =>
					`\n\t<option value="${escape(value)}" data-i18n="${texts}.choices.${choiceKey(value)}"></option>`,
			);
			const meanings = field.options.flatMap(({ value, description }) =>
				description
					? [
							`\n<div class="convoflow-hint" data-choice="${escape(value)}" data-i18n="${texts}.choiceDescriptions.${choiceKey(value)}"></div>`,
						]
					: [],
			);
			return row(`${head}\n<select id="${id}">${options.join('')}\n</select>${meanings.join('')}${hint}`);
		}
		case 'multiOptions': {
			const boxes = field.options.map(({ value, description }) => {
				const title = description
					? ` data-i18n="[title]${texts}.choiceDescriptions.${choiceKey(value)}"`
					: '';
				const text = `<span data-i18n="${texts}.choices.${choiceKey(value)}"></span>`;
				return `\n\t<label${title}><input type="checkbox" value="${escape(value)}"> ${text}</label>`;
			});
			const group = `<div class="convoflow-boxes" role="group" data-i18n="[aria-label]${texts}.label">${boxes.join('')}\n</div>`;
			return row(`${head}\n<input type="hidden" id="${id}">\n${group}${hint}`, '', 'convoflow-top');
		}
		case 'string':
		case 'text':
		case 'number':
		case 'dateTime':
		case 'json':
		case 'list':
		case 'locator':
		case 'file':
			return row(`${head}\n<input type="text" id="${id}"${placeholder}>${hint}`);
	}
}

/** Rows for a set of fields. */
export function plainRows(prefix: string, type: string, fields: FieldMap): string {
	return Object.entries(fields)
		.map(([name, field]) => plainRow(prefix, type, name, field))
		.join('\n');
}

/** Key of a section's title, by the section. */
const SECTION_TITLES = { optional: 'optional', options: 'optionsTitle', network: 'network.title' } as const;

/** A section that can be folded away, by mouse and keyboard. */
export function optionalSection(
	type: string,
	content: string,
	name: keyof typeof SECTION_TITLES = 'optional',
): string {
	const title = SECTION_TITLES[name];
	return `\t<details class="convoflow-optional convoflow-section-${name}">\n\t\t<summary data-i18n="${type}.${title}"></summary>\n${content}\n\t</details>`;
}
