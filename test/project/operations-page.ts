import {
	formFields,
	repeatAdvice,
	runOptions,
	type FieldMap,
	type Operation,
	type Service,
} from '@convoflow/kit';
import { flowAiApi } from '@convoflow/credentials';
import { services } from '@convoflow/nodes';
import { cell } from './markdown';
import { nodePagePath, operationLink } from './node-pages';

const RETURNS: Readonly<Record<Operation['returns'], string>> = {
	one: 'one row',
	many: 'a list in pages, with Return All and Limit',
	rows: 'every row of one answer',
	file: 'a file',
};

function fieldList(fields: FieldMap): string {
	const names = Object.values(fields).map(({ label, required }) => (required ? `**${label}**` : label));
	return names.length > 0 ? names.join(', ') : '–';
}

function operationRow(service: Service, resource: Service['resources'][number], one: Operation): string {
	const cells = [
		resource.displayName,
		`[${one.displayName}](${operationLink(resource, one)}): ${one.description}`,
		repeatAdvice(one),
		fieldList(formFields(one)),
		fieldList(one.optional),
		RETURNS[one.returns],
		`${service.displayName}: ${one.action}`,
		`\`${resource.nodeRedType}\``,
		one.credential === undefined ? 'none' : `\`${one.credential}\``,
	];
	return `| ${cells.map(cell).join(' | ')} |`;
}

function triggerRow({
	displayName,
	description,
	nodeRedType,
	fields,
	optional,
}: Service['triggers'][number]): string {
	const cells = [
		`[${displayName}](${nodePagePath(nodeRedType)})`,
		description,
		fieldList({ ...fields, ...optional }),
		`\`${nodeRedType}\``,
	];
	return `| ${cells.map(cell).join(' | ')} |`;
}

function serviceSection(service: Service): string {
	const operations = service.resources.flatMap((resource) =>
		resource.operations.map((operation) => operationRow(service, resource, operation)),
	);
	const triggers = service.triggers.map(triggerRow);
	const tables = [
		[
			'| resource | operation | safe to repeat | fields | optional fields | returns | action in n8n | node in Node-RED | credential |',
			'| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
			...operations,
		],
		...(triggers.length > 0
			? [['| trigger | what it does | fields | node in Node-RED |', '| --- | --- | --- | --- |', ...triggers]]
			: []),
	];
	return [`## ${service.displayName}`, ...tables.map((lines) => lines.join('\n'))].join('\n\n');
}

/** The options of how operations are run, those of reading operations named as such. */
function optionNames(): string {
	const credential = flowAiApi.name;
	const always = Object.keys(runOptions({ credential, effect: 'send' }));
	return Object.entries(runOptions({ credential, effect: 'read' }))
		.map(([name, { label }]) => (always.includes(name) ? label : `${label} (where it reads)`))
		.join(', ');
}

/** The page of every operation and trigger, made from the definitions. */
export function operationsPage(): string {
	const head = [
		'<!-- npm run samples writes this page from the definitions -->',
		'# Operations',
		'Every operation of every node, the same in n8n and Node-RED. Fields in **bold** must be filled in.',
		`Beside its own fields each operation that asks something of a service has [options](options.md): ${optionNames()}.`,
	];
	return `${[...head, ...services.map(serviceSection)].join('\n\n')}\n`;
}
