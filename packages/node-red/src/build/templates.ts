import type { Credential } from '@convoflow/kit';
import { FILE_AS, PICTURE_AS, SEND_AS } from '../model/names';
import { isPicture, type ActionNode, type NodeOperation, type TriggerNode } from '../model/nodes';
import { leadingFields } from '../model/leading-fields';
import { hasTestEvent } from '../model/webhook';
import { hostFields } from '../model/host-fields';
import { NETWORK_PROPERTIES, type NetworkProperty } from '../model/network';
import { label, nameRow, optionalSection, plainRows, row, credentialRow, STYLE } from './markup';

function form(rows: readonly string[]): string {
	return `${STYLE}\n<div class="convoflow-form">\n${rows.filter((one) => one !== '').join('\n')}\n</div>`;
}

function operationOptions(type: string, operations: readonly NodeOperation[]): string {
	return operations
		.map(({ id }) => `\n\t<option value="${id}" data-i18n="${type}.operations.${id}.label"></option>`)
		.join('');
}

/** The row that says in which form a picture leaves the node; none where no operation draws one. */
function pictureRow(type: string, operations: readonly NodeOperation[]): string {
	if (!operations.some(({ operation }) => isPicture(operation))) return '';
	const choices = PICTURE_AS.map(
		(value) => `\n\t<option value="${value}" data-i18n="${type}.pictureAs.${value}"></option>`,
	);
	return row(
		`${label('node-input-pictureAs', 'fa-picture-o', `${type}.pictureAs.label`)}\n<select id="node-input-pictureAs">${choices.join('')}\n</select>\n<div class="convoflow-hint" data-i18n="${type}.pictureAs.hint"></div>`,
		'',
		'convoflow-picture',
	);
}

/** The rows that say how a file leaves the node; none where no operation returns one. */
function fileRows(type: string, operations: readonly NodeOperation[]): string {
	if (operations.every(({ operation }) => operation.returns !== 'file')) return '';
	const choices = FILE_AS.map(
		(value) => `\n\t<option value="${value}" data-i18n="${type}.fileAs.${value}"></option>`,
	);
	return [
		row(
			`${label('node-input-fileAs', 'fa-file-o', `${type}.fileAs.label`)}\n<select id="node-input-fileAs">${choices.join('')}\n</select>`,
			'',
			'convoflow-file',
		),
		row(
			`${label('node-input-fileFolder', 'fa-folder-o', `${type}.fileFolder.label`)}\n<input type="text" id="node-input-fileFolder" data-i18n="[placeholder]${type}.fileFolder.placeholder">\n<div class="convoflow-hint" data-i18n="${type}.fileFolder.hint"></div>`,
			'',
			'convoflow-folder',
		),
	].join('\n');
}

/** The form of an action node; the rows of an operation's fields are made when it is chosen. */
export function actionTemplate({ type, operations, credentials }: ActionNode): string {
	const resources = [...new Set(operations.map(({ resource }) => resource))];
	const options =
		resources.length === 1
			? operationOptions(type, operations)
			: resources
					.map((resource) => {
						const own = operations.filter((one) => one.resource === resource);
						return `\n<optgroup data-i18n="[label]${type}.resources.${resource.name}">${operationOptions(type, own)}\n</optgroup>`;
					})
					.join('');
	const sendAs = SEND_AS.map(
		(value) => `\n\t<option value="${value}" data-i18n="${type}.sendAs.${value}"></option>`,
	);
	return form([
		nameRow('node-input', type),
		...credentials.map(({ name }) => credentialRow(type, name, ` data-credential="${name}"`)),
		row(
			`${label('node-input-operation', 'fa-tasks', `${type}.operation`)}\n<select id="node-input-operation">${options}\n</select>`,
		),
		operations.some(({ operation }) => operation.outputs)
			? '\t<input type="hidden" id="node-input-outputs">'
			: '',
		'\t<div class="convoflow-description"></div>',
		'\t<div class="convoflow-fields" id="convoflow-required"></div>',
		optionalSection(type, '\t\t<div class="convoflow-fields" id="convoflow-optional"></div>'),
		optionalSection(type, '\t\t<div class="convoflow-fields" id="convoflow-options"></div>', 'options'),
		row(
			`${label('node-input-sendAs', 'fa-sign-out', `${type}.sendAs.label`)}\n<select id="node-input-sendAs">${sendAs.join('')}\n</select>`,
			'',
			'convoflow-list',
		),
		pictureRow(type, operations),
		fileRows(type, operations),
	]);
}

const NETWORK_ICONS: Readonly<Record<NetworkProperty, string>> = {
	proxy: 'fa-random',
	tls: 'fa-certificate',
};

/** The rows that choose Node-RED's own config nodes for the way out of the machine. */
function networkSection(type: string): string {
	const rows = NETWORK_PROPERTIES.map((name) => {
		const id = `node-config-input-${name}`;
		const texts = `${type}.network.${name}`;
		const head = label(id, NETWORK_ICONS[name], `${texts}.label`, `${texts}.description`);
		return row(`${head}\n<input type="text" id="${id}">`);
	});
	return optionalSection(type, rows.join('\n'), 'network');
}

/** The form of a config node. */
export function configTemplate({ nodeRedType: type, fields }: Credential): string {
	return form([
		nameRow('node-config-input', type),
		plainRows('node-config-input', type, fields),
		networkSection(type),
		row(
			`<button type="button" class="red-ui-button convoflow-after-label" id="convoflow-test" data-i18n="${type}.test.button"></button>\n<div class="convoflow-hint" id="convoflow-test-result" role="status" aria-live="polite"></div>`,
		),
	]);
}

function addressRows(type: string): string[] {
	const button = `<button type="button" class="red-ui-button" id="convoflow-copy" data-i18n="${type}.address.copy"></button>`;
	return [
		row(
			`${label('convoflow-url', 'fa-globe', `${type}.address.label`, `${type}.address.description`)}\n<span class="convoflow-with-button"><input type="text" id="convoflow-url" readonly>${button}</span>\n<div class="convoflow-hint" data-i18n="${type}.address.hint"></div>`,
		),
		`\t<div class="form-tips" id="convoflow-no-root" style="display: none" data-i18n="${type}.address.noRoot"></div>`,
		`\t<div class="form-tips" id="convoflow-login" style="display: none" data-i18n="${type}.address.login"></div>`,
	];
}

function testEventRow(type: string): string {
	const key = `${type}.testEvent`;
	return row(
		`<button type="button" class="red-ui-button convoflow-after-label" id="convoflow-test-event" data-i18n="${key}.button"></button>\n<div class="convoflow-hint" data-i18n="${key}.hint"></div>\n<div class="convoflow-hint" id="convoflow-test-event-result" role="status" aria-live="polite"></div>`,
	);
}

/** The form of a trigger. */
export function triggerTemplate(node: TriggerNode): string {
	const { type, trigger, credential, secrets } = node;
	const optional = plainRows('node-input', type, trigger.optional);
	const host = hostFields(trigger);
	const isInPlace = (name: string): boolean => Object.hasOwn(trigger.fields, name);
	const fields = Object.entries({ ...trigger.fields, ...host });
	return form([
		nameRow('node-input', type),
		credential ? credentialRow(type, credential.name) : '',
		plainRows('node-input', type, leadingFields(node)),
		trigger.address ? addressRows(type).join('\n') : '',
		plainRows('node-input', type, Object.fromEntries(fields.filter(([name]) => isInPlace(name)))),
		secrets ? plainRows('node-input', type, secrets.fields) : '',
		plainRows('node-input', type, Object.fromEntries(fields.filter(([name]) => !isInPlace(name)))),
		optional === '' ? '' : optionalSection(type, optional),
		hasTestEvent(trigger) ? testEventRow(type) : '',
	]);
}
