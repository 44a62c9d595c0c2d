import type { Credential, Field, FieldMap } from '@convoflow/kit';
import { defaultText, privateFieldsOf, propertyOf } from '../model/names';
import { isPicture, type ActionNode, type TriggerNode } from '../model/nodes';
import { leadingFields } from '../model/leading-fields';
import { hasTestEvent, SECRETS_SHOWN_WHEN } from '../model/webhook';
import { hasInput, hostFields } from '../model/host-fields';
import { NETWORK_NODES, NETWORK_PROPERTIES } from '../model/network';
import { faceOf } from './faces';
import { literal, object, versionOf, type Source } from './source';
import { credentialSpec, fieldDefaults, firstOperation, formSpec, rowSpecs } from './specs';
import { actionTemplate, configTemplate, triggerTemplate } from './templates';

/** One node type as its html needs it. */
export interface NodeParts {
	readonly type: string;
	/** Module below `editor/` and the function in it that makes the form. */
	readonly module: string;
	readonly maker: string;
	readonly spec: unknown;
	readonly definition: Readonly<Record<string, Source>>;
	readonly template: string;
}

/** Form and definition of an action node. */
export function actionParts(action: ActionNode): NodeParts {
	const { category, color } = faceOf(action.service.name);
	const defaults: Record<string, Source> = {
		name: object({ value: literal('') }),
		version: versionOf(action.type),
		operation: object({ value: literal(firstOperation(action).id), required: 'true' }),
		sendAs: object({ value: literal('one') }),
		...(action.operations.some(({ operation }) => operation.returns === 'file')
			? { fileAs: object({ value: literal('buffer') }), fileFolder: object({ value: literal('') }) }
			: {}),
		...(action.operations.some(({ operation }) => isPicture(operation))
			? { pictureAs: object({ value: literal('svg') }) }
			: {}),
	};
	// The editor keeps the number of ways out with the node where it can change.
	if (action.operations.some(({ operation }) => operation.outputs))
		defaults['outputs'] = object({ value: '1' });
	for (const credential of action.credentials) {
		defaults[credential.name] = object({
			value: literal(''),
			type: literal(credential.nodeRedType),
			validate: `form.credential(${literal(credential.name)})`,
		});
	}
	const properties = new Set(
		Object.values(formSpec(action).operations).flatMap(({ fields }) => fields.map((one) => one.property)),
	);
	for (const [property, value] of fieldDefaults(action)) {
		defaults[property] = object({
			value: literal(value),
			...(properties.has(property) ? { validate: `form.field(${literal(property)})` } : {}),
		});
	}
	return {
		type: action.type,
		module: 'action-form',
		maker: 'actionForm',
		spec: formSpec(action),
		definition: {
			category: literal(category),
			categoryDescription: literal(action.service.description),
			color: literal(color),
			icon: literal(`${action.type}.svg`),
			inputs: '1',
			outputs: '1',
			defaults: object(defaults),
			label: 'form.label',
			labelStyle: 'form.labelStyle',
			paletteLabel: 'form.paletteLabel',
			outputLabels: 'form.outputLabel',
			oneditprepare: 'form.prepare',
			oneditsave: 'form.close',
			oneditcancel: 'form.close',
			oneditdelete: 'form.close',
		},
		template: actionTemplate(action),
	};
}

/** @param check what the editor checks a field by, beside its default */
function plainDefaults(
	fields: FieldMap,
	check: (name: string, field: Field) => Readonly<Record<string, Source>>,
): Record<string, Source> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]) => {
			const value = field.kind === 'boolean' ? field.default : defaultText(field);
			return [propertyOf(name), object({ value: literal(value), ...check(name, field) })];
		}),
	);
}

function credentialsSource(
	fields: FieldMap,
	check: (field: Field | undefined) => Readonly<Record<string, Source>>,
): Source {
	return object(
		Object.fromEntries(
			Object.entries(privateFieldsOf(fields)).map(([name, { type }]) => [
				name,
				object({ type: literal(type), ...check(fields[name]) }),
			]),
		),
	);
}

/** A field that can be hidden is not required while it is. */
function requiredUnlessHidden(field: Field | undefined): Readonly<Record<string, Source>> {
	return field?.required === true && field.showWhen === undefined ? { required: 'true' } : {};
}

/** How the editor checks a field of a trigger: the choice that asks for secrets looks whether there is one. */
function triggerCheck(name: string, field: Field): Readonly<Record<string, Source>> {
	if (Object.hasOwn(SECRETS_SHOWN_WHEN, name)) return { validate: 'form.secret' };
	return field.required ? { validate: `form.required(${literal(propertyOf(name))})` } : {};
}

/** The properties that name Node-RED's own config nodes. */
const NETWORK_DEFAULTS: Readonly<Record<string, Source>> = Object.fromEntries(
	Object.entries(NETWORK_NODES).map(([name, type]) => [
		name,
		object({ value: literal(''), type: literal(type), required: 'false' }),
	]),
);

/** Form and definition of a config node. */
export function configParts(credential: Credential): NodeParts {
	const { fields, nodeRedType: type } = credential;
	const hidden = privateFieldsOf(fields);
	const open = Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(hidden, name)));
	return {
		type,
		module: 'config-form',
		maker: 'configForm',
		spec: { type, fields: [...Object.keys(fields), ...NETWORK_PROPERTIES], rows: rowSpecs(fields) },
		definition: {
			category: literal('config'),
			defaults: object({
				name: object({ value: literal('') }),
				version: versionOf(type),
				...plainDefaults(open, (_name, field) => requiredUnlessHidden(field)),
				...NETWORK_DEFAULTS,
			}),
			credentials: credentialsSource(fields, requiredUnlessHidden),
			label: 'form.label',
			oneditprepare: 'form.prepare',
		},
		template: configTemplate(credential),
	};
}

/** Form and definition of a trigger. */
export function triggerParts(node: TriggerNode): NodeParts {
	const { type, service, trigger, credential, secrets } = node;
	const { category, color } = faceOf(service.name);
	const fields = {
		...leadingFields(node),
		...trigger.fields,
		...hostFields(trigger),
		...trigger.optional,
	};
	const secretRows = rowSpecs(secrets?.fields ?? {}).map((one) => ({ ...one, showWhen: SECRETS_SHOWN_WHEN }));
	return {
		type,
		module: 'trigger-form',
		maker: 'triggerForm',
		spec: {
			type,
			rows: [...rowSpecs(fields), ...secretRows],
			secrets: secretRows.map(({ property }) => property),
			...(credential ? { credential: { ...credentialSpec(credential), property: credential.name } } : {}),
			hasAddress: trigger.address !== undefined,
			hasTestEvent: hasTestEvent(trigger),
		},
		definition: {
			category: literal(category),
			categoryDescription: literal(service.description),
			color: literal(color),
			icon: literal(`${type}.svg`),
			inputs: hasInput(trigger) ? '1' : '0',
			outputs: '1',
			defaults: object({
				name: object({ value: literal('') }),
				version: versionOf(type),
				...(credential
					? { [credential.name]: object({ value: literal(''), type: literal(credential.nodeRedType) }) }
					: {}),
				...plainDefaults(fields, triggerCheck),
			}),
			...(secrets
				? { credentials: credentialsSource(secrets.fields, () => ({ validate: 'form.secret' })) }
				: {}),
			label: 'form.label',
			labelStyle: 'form.labelStyle',
			paletteLabel: 'form.paletteLabel',
			...(hasInput(trigger) ? { inputLabels: 'form.inputLabel' } : {}),
			outputLabels: 'form.outputLabel',
			onadd: 'form.add',
			oneditprepare: 'form.prepare',
			oneditsave: 'form.close',
			oneditcancel: 'form.close',
			oneditdelete: 'form.close',
		},
		template: triggerTemplate(node),
	};
}
