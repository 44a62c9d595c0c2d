import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { choicesOf, groupsOf, membersOf, walkProperties, type PlacedProperty } from './walk-properties';

/** Small words that Title Case leaves small inside a name. */
const SMALL = new Set(
	'a an and as at but by for from in into nor of on or over per so than the then to up via vs with'.split(
		' ',
	),
);
/** Words with capitals of their own. */
const OWN_CAPITALS = /^(?:[A-Z]+s?|Flow\.ai|Flow|XO|WhatsApp|Node-RED|n8n|JavaScript|GitHub|SharePoint)$/;
/** Verbs for which n8n has a word of its own. */
const OTHER_VERBS = /^(List|Fetch|Retrieve|Read|Add|Remove|Get All|Upsert|Edit|Modify)\b/;
const ARTICLE = /\b(a|an|the)\b/i;

/** A rule of n8n's UX guidelines about one property; gives what is wrong with it. */
type PropertyRule = (placed: PlacedProperty) => string[];

const when = (isSo: boolean, problem: string): string[] => (isSo ? [problem] : []);

/** Whether a name is in Title Case: every word but the small ones begins with a capital. */
export function isTitleCase(name: string): boolean {
	const words = name.replace(/[()/:,’']/g, ' ').split(/[\s-]+/);
	return words
		.filter((word) => /^[A-Za-z]/.test(word))
		.every((word, index) => (index > 0 && SMALL.has(word)) || /^[A-Z]/.test(word) || OWN_CAPITALS.test(word));
}

/** Whether a text is in sentence case: one capital at its head, and no row of words with capitals. */
export function isSentenceCase(text: string): boolean {
	if (!/^[A-Z0-9<“"(]/.test(text)) return false;
	const words = text.split(/\s+/).slice(1);
	const capital = words.map((word) => /^[A-Z][a-z]/.test(word));
	return !words.some((_word, index) => capital[index] && capital[index + 1] && capital[index + 2]);
}

function textProblems(text: string | undefined, what: string): string[] {
	if (text === undefined) return [];
	return [
		...when(text.trim() === '', `${what} is empty`),
		...when(text !== text.trim() || / {2}/.test(text), `${what} has stray spaces`),
		...when(text.trim() !== '' && !isSentenceCase(text), `${what} is not in sentence case: ${text}`),
		// One sentence has no period at its end, several have.
		...when(/[^.]\.$/.test(text) && !/[.!?;:] /.test(text), `${what} ends in a period: ${text}`),
	];
}

const isInput = ({ type }: INodeProperties): boolean =>
	!['notice', 'callout', 'hidden', 'button'].includes(type);

/** The rules for what a form shows, by name. */
export const PROPERTY_RULES: Readonly<Record<string, PropertyRule>> = {
	'names are in Title Case': ({ property }) => [
		...when(isInput(property) && !isTitleCase(property.displayName), `display name ${property.displayName}`),
		...choicesOf(property).flatMap(({ name }) => when(!isTitleCase(name), `choice ${name}`)),
		...groupsOf(property).flatMap(({ displayName }) =>
			when(!isTitleCase(displayName), `group ${displayName}`),
		),
	],
	'descriptions and hints are sentences': ({ property }) => [
		...textProblems(property.description, 'its description'),
		...textProblems(property.hint, 'its hint'),
		...choicesOf(property).flatMap(({ name, description, action }) => [
			...textProblems(description, `the description of ${name}`),
			...textProblems(action, `the action of ${name}`),
		]),
	],
	'every field is described': ({ property }) =>
		when(
			isInput(property) &&
				!['resource', 'operation', 'additionalFields', 'options'].includes(property.name) &&
				!property.description,
			'it has no description',
		),
	'check boxes say whether': ({ property }) =>
		when(
			property.type === 'boolean' && !property.description?.startsWith('Whether '),
			`it does not begin with Whether: ${property.description}`,
		),
	'placeholders are examples': ({ property }) => {
		const texts = [
			property.placeholder,
			...(property.modes ?? []).filter(({ type }) => type === 'string').map(({ placeholder }) => placeholder),
		];
		const isCollection = property.type === 'collection' || property.type === 'fixedCollection';
		return texts.flatMap((text) =>
			when(text !== undefined && !isCollection && !text.startsWith('e.g. '), `placeholder ${text}`),
		);
	},
	'fields to write in show an example': ({ property }) => {
		const isText = property.type === 'string' && property.typeOptions?.['password'] !== true;
		const isLocator = property.type === 'resourceLocator';
		const byHand = (property.modes ?? []).filter(({ type }) => type === 'string');
		return [
			...when(isText && property.default === '' && !property.placeholder, 'it has no placeholder'),
			...when(
				isLocator && byHand.some(({ placeholder }) => !placeholder),
				'a way to enter it has no placeholder',
			),
		];
	},
	'hints have at most 120 characters': ({ property }) =>
		when((property.hint ?? '').length > 120, `${property.hint?.length} characters`),
	'choices are sorted': ({ property }) => {
		const names = choicesOf(property).map(({ name }) => name);
		const sorted = [...names].sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' }));
		return when(names.join() !== sorted.join(), names.join(', '));
	},
	'optional fields are sorted': ({ property }) => {
		if (property.type !== 'collection') return [];
		const names = membersOf(property).map(({ displayName }) => displayName);
		const sorted = [...names].sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' }));
		return when(names.join() !== sorted.join(), names.join(', '));
	},
	'nothing is empty': ({ property }) => [
		...when(property.displayName.trim() === '', 'it has no name'),
		...when(
			['options', 'multiOptions'].includes(property.type) &&
				choicesOf(property).length === 0 &&
				!property.typeOptions?.loadOptionsMethod,
			'it has no choices',
		),
		...when(
			['collection', 'fixedCollection'].includes(property.type) && membersOf(property).length === 0,
			'it has no fields',
		),
		...when(property.default === undefined, 'it has no default'),
	],
	'defaults are among the choices': ({ property }) => {
		const values = choicesOf(property).map(({ value }) => value);
		const chosen: unknown[] = Array.isArray(property.default) ? property.default : [property.default];
		return values.length === 0
			? []
			: chosen.flatMap((one) => when(!values.includes(one as string), `default ${String(one)}`));
	},
	'things are picked from a list first': ({ property }) => {
		if (property.type !== 'resourceLocator') return [];
		const modes = (property.modes ?? []).map(({ name }) => name);
		const first = (property.default as { mode?: string }).mode ?? '';
		// A list that stands last needs more than its credential always has, so the form does not open with it.
		const hasList = modes.includes('list') && modes.at(-1) !== 'list';
		return when(first !== (hasList ? 'list' : modes[0]), `it opens ${first} of ${modes.join(', ')}`);
	},
	'resources are single things': ({ property }) =>
		property.name === 'resource'
			? choicesOf(property).flatMap(({ name }) =>
					when(/[^s]s$/.test(name) && !/ics$/.test(name), `resource ${name}`),
				)
			: [],
	'operations use the words of n8n': ({ property }) =>
		property.name === 'operation'
			? choicesOf(property).flatMap(({ name, action }) => [
					...when(OTHER_VERBS.test(name), `operation ${name}`),
					...when(!action, `${name} has no action`),
					...when(ARTICLE.test(action ?? ''), `an article in the action ${action}`),
				])
			: [],
};

/** Where a property refers to another one: a path from the root of the form, or a place beside it. */
function targetsOf(
	properties: readonly INodeProperties[],
	name: string,
	beside: readonly INodeProperties[],
): readonly INodeProperties[] {
	const from = name.startsWith('/') ? properties : beside;
	return from.filter((one) => one.name === name.replace(/^\//, ''));
}

/** Conditions that name a field that is not there, or a value that it cannot have. */
export function conditionProblems(description: INodeTypeDescription): string[] {
	const problems: string[] = [];
	const look = (level: readonly INodeProperties[], above: string): void => {
		for (const property of level) {
			const { show = {}, hide = {} } = property.displayOptions ?? {};
			for (const [name, wanted] of [...Object.entries(show), ...Object.entries(hide)]) {
				if (name.startsWith('@')) continue;
				const path = `${above}${property.name}`;
				const targets = targetsOf(description.properties, name, level);
				if (targets.length === 0) problems.push(`${path} looks at ${name}, which is not there`);
				const known = new Set<unknown>(targets.flatMap((one) => choicesOf(one).map(({ value }) => value)));
				if (targets.some(({ type }) => type === 'boolean'))
					[true, false].forEach((value) => known.add(value));
				for (const value of wanted ?? [])
					if (!known.has(value))
						problems.push(`${path} wants ${name} = ${JSON.stringify(value)}, which it cannot be`);
			}
			look(membersOf(property), `${above}${property.name}.`);
		}
	};
	look(description.properties, '');
	return problems;
}

/** Labels that stand for fields of several names in one node: what was filled in would be lost with a change of operation. */
export function namesLost({ properties }: INodeTypeDescription): string[] {
	const names = new Map<string, Set<string>>();
	for (const { displayName, name, type, displayOptions } of properties) {
		// Agents' tools have fields of their own.
		if (displayOptions?.show?.['@tool']) continue;
		const key = `${displayName} (${type})`;
		names.set(key, (names.get(key) ?? new Set()).add(name));
	}
	return [...names]
		.filter(([, all]) => all.size > 1)
		.map(([label, all]) => `${label}: ${[...all].join(', ')}`);
}

/** Everything that is wrong with the form of a node by one rule. */
export function problemsBy(rule: PropertyRule, { properties }: INodeTypeDescription): string[] {
	return [...walkProperties(properties)].flatMap((placed) =>
		rule(placed).map((problem) => `${placed.path}: ${problem}`),
	);
}
