import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { ICredentialType, IDisplayOptions, INodeType } from 'n8n-workflow';
import { contrast, coloursOf } from './contrast';
import { choicesOf, membersOf, walkProperties } from './walk-properties';

/** A source of a tree with what its build exports. */
export interface Built<T> {
	/** Path in the tree, e.g. `nodes/FlowAi/FlowAi.node.ts`. */
	readonly file: string;
	/** Text of the source. */
	readonly text: string;
	readonly className: string;
	readonly type: T;
}

/** A built tree as the rules see it. */
export interface BuiltTree {
	readonly manifest: Readonly<Record<string, unknown>>;
	readonly nodes: readonly Built<INodeType>[];
	readonly credentials: readonly Built<ICredentialType>[];
	/** Codex files by path. */
	readonly codices: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
	/** Text of the file that a `file:` icon of a source means. */
	icon(from: string, reference: string): string;
}

const load = createRequire(__filename);

/** n8n's categories of nodes that are not its own. */
const CATEGORIES = [
	'Data & Storage',
	'Finance & Accounting',
	'Marketing & Content',
	'Productivity',
	'Miscellaneous',
	'Sales',
	'Development',
	'Analytics',
	'Communication',
	'Utility',
];
/** Backgrounds of n8n's canvas. */
const SURFACES = { light: '#ffffff', dark: '#2b2b2b' } as const;
const MIN_CONTRAST = 1.5;
const MAX_HINT = 120;
const CORE_COLOUR = /#ff6d5a/i;
const FIXED_ID = /\b(partner|affiliate|reseller|account|tenant|customer|client)_?id['"]?\s*[:=]\s*['"`]\w/i;

type Rule = (tree: BuiltTree) => string[];

const located =
	(one: Built<unknown>) =>
	(problem: string): string =>
		`${one.file}: ${problem}`;

/** Checks every node by itself. */
const ofNodes =
	(check: (node: Built<INodeType>, tree: BuiltTree) => string[]): Rule =>
	(tree) =>
		tree.nodes.flatMap((node) => check(node, tree).map(located(node)));

const ofCredentials =
	(check: (credential: Built<ICredentialType>) => string[]): Rule =>
	({ credentials }) =>
		credentials.flatMap((credential) => check(credential).map(located(credential)));

const when = (isSo: boolean, problem: string): string[] => (isSo ? [problem] : []);

/** Whether two credentials can never be asked for at once. */
function exclude(one: IDisplayOptions | undefined, other: IDisplayOptions | undefined): boolean {
	return Object.entries(one?.show ?? {}).some(([name, values]) => {
		const others = other?.show?.[name];
		return others !== undefined && !(values ?? []).some((value) => others.includes(value));
	});
}

function iconProblems(from: string, icon: unknown, tree: BuiltTree): string[] {
	if (typeof icon !== 'object' || icon === null) return ['its icon is the same on light and dark'];
	return Object.entries(SURFACES).flatMap(([theme, surface]) => {
		const reference = (icon as Record<string, string>)[theme] ?? '';
		const best = Math.max(...coloursOf(tree.icon(from, reference)).map((one) => contrast(one, surface)));
		return when(!(best >= MIN_CONTRAST), `${reference} has a contrast of ${best.toFixed(2)} on ${surface}`);
	});
}

/**
 * The rules of the main branch of n8n's linter for community nodes that no published version has yet, read from
 * its documents. They see what is built, so that nothing hides from them behind a call.
 */
export const UPCOMING_RULES: Readonly<Record<string, Rule>> = {
	'community-package-json, require-mit-license, require-community-node-keyword': ({ manifest }) => [
		...['author', 'description', 'version', 'license', 'repository', 'n8n'].flatMap((key) =>
			when(!manifest[key], `package.json has no ${key}`),
		),
		...when(manifest['license'] !== 'MIT', 'package.json has another licence than MIT'),
		...when(
			!(manifest['keywords'] as string[] | undefined)?.includes('n8n-community-node-package'),
			'package.json lacks the keyword n8n-community-node-package',
		),
	],
	'no-monorepo': ({ manifest }) =>
		when('directory' in (manifest['repository'] as object), 'repository.directory names a folder'),
	'cred-class-naming, cred-class-name-suffix, cred-filename-against-convention': ofCredentials(
		({ file, className }) => [
			...when(!className.endsWith('Api'), `class ${className} does not end in Api`),
			...when(
				basename(file) !== `${className}.credentials.ts`,
				`class ${className} is in a file of another name`,
			),
		],
	),
	'cred-class-field-naming, cred-class-name-field-conventions': ofCredentials(
		({ className, type: { name, displayName } }) => [
			...when(!/^[a-z]\w*Api$/.test(name), `name ${name}`),
			...when(!/^[A-Z]/.test(displayName) || /\bApi\b/.test(displayName), `displayName ${displayName}`),
			...when(className.toLowerCase() !== name.toLowerCase(), `name ${name} differs from class ${className}`),
		],
	),
	'node-file-conventions, node-filename-against-convention': ofNodes(({ file, className, type }) => [
		...when(basename(file) !== `${className}.node.ts`, `class ${className} is in a file of another name`),
		...when(
			type.description.group.includes('trigger') &&
				!(className.endsWith('Trigger') && type.description.name.endsWith('Trigger')),
			'a trigger is not named one',
		),
	]),
	'node-class-description-naming, name-camelcase, non-core-color': ofNodes(
		({ text, type: { description } }) => [
			...when(!/^[a-z][a-zA-Z0-9]*$/.test(description.name), `name ${description.name}`),
			...when(description.description === '', 'an empty description'),
			...when(CORE_COLOUR.test(text), 'the colour of n8n itself'),
			...(description.credentials ?? []).flatMap(({ name }) =>
				when(!name.endsWith('Api'), `credential ${name}`),
			),
		],
	),
	'node-execute-block, node-operation-error-itemindex': ofNodes(({ text }) =>
		[...text.matchAll(/new NodeOperationError\(([^;]*)\)/g)].flatMap(([, given = '']) =>
			when(!given.includes('itemIndex'), 'a NodeOperationError without itemIndex'),
		),
	),
	'no-hardcoded-ids': ofNodes(({ text }) =>
		when(FIXED_ID.test(text), `a fixed ID: ${FIXED_ID.exec(text)?.[0]}`),
	),
	'single-credential-per-node': ofNodes(({ type: { description } }) => {
		const all = description.credentials ?? [];
		return all.flatMap((one, index) =>
			all
				.slice(index + 1)
				.flatMap((other) =>
					when(
						!exclude(one.displayOptions, other.displayOptions),
						`${one.name} and ${other.name} may be asked for at once`,
					),
				),
		);
	}),
	'no-logic-or-flow-nodes, no-ai-codex-category, no-codex-subcategories, valid-node-categories, valid-codex-categories':
		({ codices }) =>
			[...codices].flatMap(([file, { categories, subcategories }]) => [
				...when(subcategories !== undefined, `${file}: subcategories`),
				...(categories as string[]).flatMap((one) =>
					when(!CATEGORIES.includes(one), `${file}: unknown category ${one}`),
				),
			]),
	'icon-contrast': (tree) => [
		...tree.nodes.flatMap((one) => iconProblems(one.file, one.type.description.icon, tree).map(located(one))),
		...tree.credentials.flatMap((one) => iconProblems(one.file, one.type.icon, tree).map(located(one))),
	],
	'hint-max-length': ofNodes(({ type }) =>
		[...walkProperties(type.description.properties)].flatMap(({ path, property }) =>
			when(
				(property.hint ?? '').length > MAX_HINT,
				`the hint of ${path} has more than ${MAX_HINT} characters`,
			),
		),
	),
	'no-duplicate-param-options, no-asterisk-in-option-names, options-sorted-alphabetically': ofNodes(
		({ type }) =>
			[...walkProperties(type.description.properties)].flatMap(({ path, property }) => {
				const names = choicesOf(property).map(({ name }) => name);
				const values = choicesOf(property).map(({ value }) => value);
				const sorted = [...names].sort((a, b) => a.localeCompare(b, undefined, { sensitivity: 'base' }));
				const inner = membersOf(property).map(({ name }) => name);
				return [
					...when(new Set(values).size < values.length, `${path} has a value twice`),
					...when(new Set(names).size < names.length, `${path} has a choice twice`),
					...when(
						property.type === 'collection' && new Set(inner).size < inner.length,
						`${path} has a field twice`,
					),
					...when(
						names.some((name) => name.includes('*')),
						`${path} has an asterisk in a choice`,
					),
					...when(names.join('\n') !== sorted.join('\n'), `${path} is not sorted: ${names.join(', ')}`),
				];
			}),
	),
	'require-param-default': ofNodes(({ type }) =>
		[...walkProperties(type.description.properties)].flatMap(({ path, property }) =>
			when(property.default === undefined, `${path} has no default`),
		),
	),
	'prefer-declarative-style': ofNodes(({ text }) =>
		when(/httpRequest(WithAuthentication)?\b/.test(text), 'it makes requests by itself'),
	),
};

const isFree = (name: string): boolean => name === 'resource' || name === 'operation';
const EXEMPT = ['collection', 'fixedCollection', 'notice', 'callout', 'hidden'];

/**
 * Fields that n8n's linter will only warn of, by rule, and that stay. n8n's own UX guidelines put Return All, Limit
 * and Simplify into the form, and choices that decide what else is shown belong there too; the body of a custom call
 * is free by its nature.
 */
export function advice({ nodes }: BuiltTree): Record<string, string[]> {
	const optional = nodes.flatMap(({ type: { description } }) =>
		description.properties
			.filter((one) => one.required !== true && !EXEMPT.includes(one.type) && !isFree(one.name))
			.map(({ name, type }) => ({ path: `${description.name}.${name}`, type })),
	);
	return {
		'non-required-fields-in-collection': optional.map(({ path }) => path),
		'open-ended-node-fields': optional.filter(({ type }) => type === 'json').map(({ path }) => path),
	};
}

/** Reads a built tree. */
export function readBuiltTree(dir: string): BuiltTree {
	const json = (path: string): Record<string, unknown> =>
		JSON.parse(readFileSync(join(dir, path), 'utf8')) as Record<string, unknown>;
	const manifest = json('package.json');
	const { nodes, credentials } = manifest['n8n'] as { nodes: string[]; credentials: string[] };
	const built = <T>(path: string): Built<T> => {
		const file = path.replace(/^dist\//, '').replace(/\.js$/, '.ts');
		const [[className, Class] = ['', Object]] = Object.entries(
			load(join(dir, path)) as Record<string, new () => T>,
		);
		return { file, text: readFileSync(join(dir, file), 'utf8'), className, type: new Class() as T };
	};
	return {
		manifest,
		nodes: nodes.map((path) => built<INodeType>(path)),
		credentials: credentials.map((path) => built<ICredentialType>(path)),
		codices: new Map(
			nodes
				.map((path) => path.replace(/\.js$/, '.json'))
				.map((path) => [path.replace(/^dist\//, ''), json(path)] as const),
		),
		icon: (from, reference) => readFileSync(join(dir, from, '..', reference.replace(/^file:/, '')), 'utf8'),
	};
}
