import type { Credential, Field, FieldMap } from '@convoflow/kit';
import esbuild from 'esbuild';
import path from 'node:path';
import { defaultText, privateFieldsOf, propertyOf } from '../model/names';
import type { ActionNode, TriggerNode } from '../model/nodes';
import { leadingFields } from '../model/leading-fields';
import { hasTestEvent, SECRETS_SHOWN_WHEN } from '../model/webhook';
import { hasInput, hostFields } from '../model/host-fields';
import { faceOf } from './faces';
import { actionHelp, configHelp, triggerHelp } from './help';
import { fieldDefaults, firstOperation, formSpec, rowSpecs } from './specs';
import { actionTemplate, configTemplate, triggerTemplate } from './templates';

/** A member of a definition as source text: what reads a html needs literals, what the editor calls are names. */
type Source = string;

const literal = (value: unknown): Source => JSON.stringify(value);

function object(members: Readonly<Record<string, Source>>): Source {
	return `{ ${Object.entries(members)
		.map(([name, source]) => `${literal(name)}: ${source}`)
		.join(', ')} }`;
}

interface Parts {
	readonly type: string;
	/** Module below `editor/` and the function in it that makes the form. */
	readonly module: string;
	readonly maker: string;
	readonly spec: unknown;
	readonly definition: Readonly<Record<string, Source>>;
	readonly template: string;
	readonly help: string;
}

/**
 * Bundles the form into one closed script: inline, since scripts that are fetched make Node-RED's loading
 * asynchronous, and not minified, since the Flow Library reads the definition.
 */
async function script(editorDir: string, { type, module, maker, spec, definition }: Parts): Promise<string> {
	const source = `import { ${maker} } from './${module}';
const form = ${maker}(${JSON.stringify(spec)});
RED.nodes.registerType(${literal(type)}, ${object(definition)});`;
	const { outputFiles } = await esbuild.build({
		stdin: { contents: source, resolveDir: editorDir, loader: 'ts' },
		bundle: true,
		write: false,
		format: 'iife',
		platform: 'browser',
		target: 'es2021',
		charset: 'utf8',
		logLevel: 'warning',
	});
	return (outputFiles[0]?.text ?? '').replace(/^\s*\/\/ .*\n/gm, '').replace(/<\/script/gi, '<\\/script');
}

async function html(editorDir: string, parts: Parts): Promise<string> {
	return `<script type="text/javascript">
${await script(editorDir, parts)}</script>

<script type="text/html" data-template-name="${parts.type}">
${parts.template}
</script>

<script type="text/markdown" data-help-name="${parts.type}">
${parts.help}
</script>
`;
}

/** Html of an action node. */
export function actionHtml(root: string, action: ActionNode): Promise<string> {
	const { category, color } = faceOf(action.service.name);
	const defaults: Record<string, Source> = {
		name: object({ value: literal('') }),
		operation: object({ value: literal(firstOperation(action).id), required: 'true' }),
		sendAs: object({ value: literal('one') }),
		...(action.operations.some(({ operation }) => operation.returns === 'file')
			? { fileAs: object({ value: literal('buffer') }), fileFolder: object({ value: literal('') }) }
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
	return html(editorDirOf(root), {
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
		help: actionHelp(action),
	});
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

/** Html of a config node. */
export function configHtml(root: string, credential: Credential): Promise<string> {
	const { fields, nodeRedType: type } = credential;
	const hidden = privateFieldsOf(fields);
	const open = Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(hidden, name)));
	return html(editorDirOf(root), {
		type,
		module: 'config-form',
		maker: 'configForm',
		spec: { type, fields: Object.keys(fields), rows: rowSpecs(fields) },
		definition: {
			category: literal('config'),
			defaults: object({
				name: object({ value: literal('') }),
				...plainDefaults(open, (_name, field) => requiredUnlessHidden(field)),
			}),
			credentials: credentialsSource(fields, requiredUnlessHidden),
			label: 'form.label',
			oneditprepare: 'form.prepare',
		},
		template: configTemplate(credential),
		help: configHelp(credential),
	});
}

/** Html of a trigger. */
export function triggerHtml(root: string, node: TriggerNode): Promise<string> {
	const { type, service, trigger, credential, secrets } = node;
	const { category, color } = faceOf(service.name);
	const fields = {
		...leadingFields(node),
		...trigger.fields,
		...hostFields(trigger),
		...trigger.optional,
	};
	const secretRows = rowSpecs(secrets?.fields ?? {}).map((one) => ({ ...one, showWhen: SECRETS_SHOWN_WHEN }));
	return html(editorDirOf(root), {
		type,
		module: 'trigger-form',
		maker: 'triggerForm',
		spec: {
			type,
			rows: [...rowSpecs(fields), ...secretRows],
			secrets: secretRows.map(({ property }) => property),
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
		help: triggerHelp(node),
	});
}

function editorDirOf(root: string): string {
	return path.join(root, 'packages/node-red/src/editor');
}
