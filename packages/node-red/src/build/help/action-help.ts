import type { FieldMap } from '@convoflow/kit';
import { isPicture, type ActionNode, type NodeOperation } from '../../model/nodes';
import { sentenceCase } from '../letter-case';
import type { Language } from '../language';
import { examplesOf, fieldList, keyLink, property, sentence, typeOf, type Property } from './parts';

/** What a node that takes all rows at once reads. */
const ALL_ROWS: Property = {
	name: 'payload',
	type: 'array',
	text: 'the rows, an array of objects, as other nodes put them out',
};

/** Message properties that are read: rows, and what fills fields unless the form says otherwise. */
function inputsOf(language: Language, operations: readonly NodeOperation[]): string {
	const inputs = new Map<string, string>();
	if (operations.some(({ operation }) => operation.mode === 'all'))
		inputs.set(ALL_ROWS.name, property(language, { ...ALL_ROWS, text: language.say(ALL_ROWS.text) }));
	for (const { fields } of operations) {
		for (const field of Object.values(fields)) {
			if (field.from === undefined || inputs.has(field.from)) continue;
			const text = language.say('{description}, unless the field {label} is set otherwise', {
				description: language.say(field.description),
				label: language.say(sentenceCase(field.label)),
			});
			const line = { name: field.from, type: typeOf(field), text, isOptional: field.required !== true };
			inputs.set(field.from, property(language, line));
		}
	}
	return [...inputs.values()].join('\n');
}

/** The options of a node, each once. */
function optionsOf(operations: readonly NodeOperation[]): FieldMap {
	return Object.fromEntries(operations.flatMap(({ options }) => Object.entries(options)));
}

/** How operations are run, where there is something to choose. */
function optionsHelp(language: Language, operations: readonly NodeOperation[]): string[] {
	const options = optionsOf(operations);
	if (Object.keys(options).length === 0) return [];
	return [
		`#### ${language.say('Options')}`,
		language.say('How an operation is run. They count for this node only.'),
		fieldList(language, options, true),
	];
}

/** In which forms a picture leaves, and what each needs. */
const PICTURE =
	'PNG is for where SVG is not shown: most e-mail programs and chats. It is drawn by the optional package `@resvg/resvg-wasm`, which npm installs with this one, in the font Inter, which has Latin, Greek and Cyrillic letters. SVG is shown in the fonts of its reader, which have all others too.';

function operationHelp(language: Language, { operation, fields, repeating }: NodeOperation): string {
	const { displayName, description } = operation;
	return [
		`#### ${language.say(sentenceCase(displayName))}`,
		`${sentence(language, language.say(description))} ${language.say(repeating)}`,
		fieldList(language, fields),
	].join('\n\n');
}

/** What leaves the node. */
function outputsOf(language: Language, { service, operations }: ActionNode): string {
	const returns = new Set(operations.map(({ operation }) => operation.returns));
	const hasLists = returns.has('many') || returns.has('rows');
	const hasFiles = returns.has('file');
	const lines: Property[] = [
		{
			name: 'payload',
			type: `object${hasLists ? ' | array' : ''}${hasFiles ? ' | buffer | stream | string' : ''}`,
			text: language.say('the result'),
		},
		{
			name: service.name,
			type: 'object',
			text: language.say('what happened: `operation`, `count` and `summary`'),
		},
	];
	if (hasFiles) {
		const text = language.say('name of a file that is the result, or the path where it was saved');
		lines.push({ name: 'filename', type: 'string', text, isOptional: true });
	}
	if (hasLists) {
		const text = language.say('when a list leaves as several messages; a Join node puts them together');
		lines.push({ name: 'parts', type: 'object', text, isOptional: true });
	}
	const details = [
		language.say('Every other property of the message is kept.'),
		...(hasLists
			? [
					language.say(
						'A list can leave as one message, as one message per page while it is read, or as one message per row; an empty list is one message with an empty array.',
					),
				]
			: []),
	];
	return [
		`### ${language.say('Outputs')}`,
		lines.map((line) => property(language, line)).join('\n'),
		`### ${language.say('Details')}`,
		details.join(' '),
	].join('\n\n');
}

/** Help of an action node. */
export function actionHelp(action: ActionNode, language: Language): string {
	const { type, descriptions, operations, credentials } = action;
	const inputs = inputsOf(language, operations);
	const links = credentials.map(({ displayName, documentationUrl }) =>
		keyLink(language, displayName, documentationUrl),
	);
	return [
		descriptions.map((one) => sentence(language, language.say(one))).join(' '),
		...(inputs === '' ? [] : [`### ${language.say('Inputs')}`, inputs]),
		outputsOf(language, action),
		...operations.map((one) => operationHelp(language, one)),
		...(operations.some(({ operation }) => isPicture(operation)) ? [language.say(PICTURE)] : []),
		...optionsHelp(language, operations),
		`### ${language.say('Errors')}`,
		language.say(
			'When something goes wrong, a Catch node gets the message with `msg.error.message`, which says what happened and what to do, and a stable `msg.error.code`. The status of an answer and the field that was refused are in `msg.error.cause`.',
		),
		...examplesOf(language, type),
		...(links.length === 0 ? [] : [`### ${language.say('References')}`, links.join('\n')]),
	].join('\n\n');
}
