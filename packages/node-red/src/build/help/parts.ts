import type { Field, FieldMap } from '@convoflow/kit';
import { PACKAGE_NAME } from '../../model/names';
import { sentenceCase } from '../letter-case';
import { exampleFlows } from '../examples';
import type { Language } from '../language';

// Help is written as Node-RED's style guide asks: the first paragraph is the tooltip in the palette, optional
// properties are in italics, and `: name (type) : text` becomes the standard list of properties.

const TYPE_BY_KIND: Readonly<Record<Field['kind'], string>> = {
	string: 'string',
	text: 'string',
	secret: 'string',
	number: 'number',
	boolean: 'boolean',
	options: 'string',
	multiOptions: 'string | array',
	dateTime: 'string',
	json: 'object',
	list: 'array',
	locator: 'string',
	file: 'buffer | stream | string',
};

/** The JavaScript type of a field's value, as help names it. */
export function typeOf({ kind }: Field): string {
	return TYPE_BY_KIND[kind];
}

/** The text with its full stop. */
export function sentence({ stop }: Language, text: string): string {
	return /[.。]$/.test(text) ? text : `${text}${stop}`;
}

/** A property of a message, or a field of the form. `text` is in the language already. */
export interface Property {
	readonly name: string;
	readonly type: string;
	readonly text: string;
	readonly isOptional?: boolean;
	/** Html that follows the text. */
	readonly more?: string;
}

/** The line of a property in the standard list. */
export function property(language: Language, { name, type, text, isOptional, more = '' }: Property): string {
	// A colon ends the name and the type, so one in the text is written as an entity.
	const whole = `${sentence(language, text)}${more}`.replaceAll(':', '&#58;');
	return `: ${isOptional ? `*${name}*` : name} (${type}) : ${whole}`;
}

/** The choices of a field with what they mean, as a list below its text. */
function choiceList(language: Language, field: Field): string {
	if (field.kind !== 'options' && field.kind !== 'multiOptions') return '';
	if (field.options.every(({ description }) => !description)) return '';
	const items = field.options.map(({ label, description }) => {
		const meaning = description ? ` – ${sentence(language, language.say(description))}` : '';
		return `<li>*${language.say(sentenceCase(label))}*${meaning}</li>`;
	});
	return `<ul>${items.join('')}</ul>`;
}

/** Fields of a form; what need not be filled in is in italics. */
export function fieldList(language: Language, fields: FieldMap, areOptional = false): string {
	return Object.values(fields)
		.map((field) =>
			property(language, {
				name: language.say(sentenceCase(field.label)),
				type: typeOf(field),
				text: language.say(field.description),
				isOptional: areOptional || field.required !== true,
				more: choiceList(language, field),
			}),
		)
		.join('\n');
}

/** The examples that hold a node, by the names under which the menu shows them. */
export function examplesOf(language: Language, type: string): string[] {
	const names = exampleFlows()
		.filter(({ flow }) => flow.some((node) => node['type'] === type))
		.map(({ name }) => `- ${name}`);
	if (names.length === 0) return [];
	return [
		`### ${language.say('Examples')}`,
		language.say('Menu, Import, Examples, {package}:', { package: PACKAGE_NAME }),
		names.join('\n'),
	];
}

/** The link that leads to where a key is found. */
export function keyLink(language: Language, name: string, url: string): string {
	return `- [${name}](${url})${language.say(': where to find the key')}`;
}
