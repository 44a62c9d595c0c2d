import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readDefinitions, scriptsOf, type Definition } from './definitions';

// What `node-red-dev validate` asks of a package, check by check, without the network: what it would download (the
// catalogue, the newest versions) is what stands here as known.

/** A line of the scorecard. */
export interface Card {
	readonly id: string;
	readonly rule: string;
	readonly isGood: boolean;
	/** What was found. */
	readonly found: string;
}

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly license?: string;
	readonly repository?: unknown;
	readonly bugs?: unknown;
	readonly keywords?: readonly string[];
	readonly engines?: { readonly node?: string };
	readonly dependencies?: Readonly<Record<string, string>>;
	readonly 'node-red'?: { readonly version?: string; readonly nodes?: Readonly<Record<string, string>> };
}

type Node = Readonly<Record<string, unknown>>;

/** The Node-RED that every release of the package must run on, and the oldest Node of the newest Node-RED. */
const SUPPORTED = { nodeRed: '4.1.0', newestNodeRed: '5.0.7', node: '22.9.0' };
/** The newest major of what may be depended on. */
const NEWEST: Readonly<Record<string, number>> = { undici: 8, ws: 8 };
const MOST_DEPENDENCIES = 6;
/** Chatbots of the catalogue whose last segment is close to ours. */
const NEIGHBOURS = ['node-red-contrib-chatbot', 'node-red-contrib-telegrambot'];

/** Versions and core nodes are read as Node-RED's own registry reads them. */
const own = createRequire(require.resolve('@node-red/registry/package.json'));

/** A range of npm's, asked with npm's own library. */
function satisfies(version: string, range: string): boolean {
	const semver = own('semver') as { satisfies(version: string, range: string): boolean };
	return semver.satisfies(version, range);
}

/** Types of Node-RED's own nodes, which are in every catalogue. */
function coreTypes(): Set<string> {
	const folder = path.join(
		path.dirname(createRequire(__filename).resolve('@node-red/nodes/package.json')),
		'core',
	);
	const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
	const scripts = files
		.filter((file) => file.endsWith('.html') && !file.includes('locales'))
		.flatMap((file) => scriptsOf(fs.readFileSync(path.join(folder, file), 'utf8'), 'text/javascript'));
	return new Set(scripts.flatMap((script) => [...readDefinitions(script).keys()]));
}

/** Finds the node types as the Flow Library does: the html beside the file, literal definitions in it. */
function readTypes(folder: string, entries: readonly string[]): Map<string, Definition> {
	const types = new Map<string, Definition>();
	for (const entry of entries) {
		const html = fs.readFileSync(path.join(folder, entry.replace('.js', '.html')), 'utf8');
		for (const script of scriptsOf(html, 'text/javascript'))
			for (const [type, definition] of readDefinitions(script)) types.set(type, definition);
	}
	return types;
}

/** The types that a file of nodes registers. */
function registeredTypes(folder: string, entry: string): string[] {
	const [list = '[]'] = /\[[^\]]*\]/.exec(fs.readFileSync(path.join(folder, entry), 'utf8')) ?? [];
	return JSON.parse(list) as string[];
}

function readExamples(folder: string): Node[][] {
	const examples = path.join(folder, 'examples');
	return fs
		.readdirSync(examples, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => JSON.parse(fs.readFileSync(path.join(examples, file), 'utf8')) as Node[]);
}

function card(id: string, rule: string, isGood: boolean, found: unknown): Card {
	return { id, rule, isGood, found: String(found) };
}

function packageCards(manifest: Manifest): Card[] {
	const { name, version, license, repository, bugs, keywords = [], engines, 'node-red': red } = manifest;
	const isStable = !version.startsWith('0.');
	const range = red?.version ?? '';
	const last = name.split('/').at(-1) ?? '';
	return [
		card('P01', 'has a licence', license !== undefined, license),
		card('P03', 'names its repository or where bugs go', Boolean(repository ?? bugs), bugs),
		card(
			'P04',
			'is named as packages are',
			name.startsWith('@') || !/^node-?red(?!-contrib-)/.test(name),
			name,
		),
		card(
			'P05',
			'has the keyword that lists it once it is stable, and not before',
			keywords.includes('node-red') === isStable,
			`${version}, ${keywords.join(' ')}`,
		),
		card(
			'P06',
			'says which Node-RED it runs on, without an upper bound',
			[SUPPORTED.nodeRed, SUPPORTED.newestNodeRed, '99.0.0'].every((one) => satisfies(one, range)),
			range,
		),
		card(
			'P07',
			'runs on the oldest Node of the newest Node-RED',
			satisfies(SUPPORTED.node, engines?.node ?? ''),
			engines?.node,
		),
		card(
			'P08',
			'is not named like another package',
			!NEIGHBOURS.some((one) => one.split('/').at(-1) === last),
			last,
		),
	];
}

function nodeCards(folder: string, manifest: Manifest): Card[] {
	const entries = Object.values(manifest['node-red']?.nodes ?? {});
	const types = readTypes(folder, entries);
	const registered = entries.flatMap((entry) => registeredTypes(folder, entry)).sort();
	const core = coreTypes();
	const isOurs = (type: string): boolean => /^(flowai|flowxo|chatlayer)-/.test(type);
	const taken = [...types.keys()].filter((type) => core.has(type) || !isOurs(type));
	const examples = readExamples(folder);
	const shown = new Set(examples.flatMap((flow) => flow.map(({ type }) => type)));
	const without = [...types].filter(
		([type, { category }]) => category !== 'config' && (!shown.has(type) || category === undefined),
	);
	const foreign = [...shown].filter(
		(type) => !core.has(String(type)) && !types.has(String(type)) && type !== 'tab',
	);
	return [
		card(
			'N01',
			'its types can be read and are its own',
			String([...types.keys()].sort()) === String(registered) && taken.length === 0,
			`${types.size} types${taken.length > 0 ? `, taken: ${taken.join(', ')}` : ''}`,
		),
		card(
			'N02',
			'every node has an example, of core nodes and its own',
			without.length === 0 && foreign.length === 0 && examples.every((flow) => Array.isArray(flow)),
			`${examples.length} examples, without: ${without.map(([type]) => type).join(', ') || 'none'}`,
		),
	];
}

function dependencyCards({ dependencies = {} }: Manifest): Card[] {
	const names = Object.keys(dependencies);
	const old = names.filter((name) => !satisfies(`${NEWEST[name] ?? 999}.999.999`, dependencies[name] ?? ''));
	return [
		card(
			'D01',
			`has at most ${MOST_DEPENDENCIES} dependencies`,
			names.length <= MOST_DEPENDENCIES,
			names.length,
		),
		card('D02', 'has none that is known to be bad', !names.includes('agent-base'), names.join(', ')),
		card('D03', 'takes the newest major of each', old.length === 0, old.join(', ') || 'all'),
	];
}

/** Every id of the scorecard, in its order; P02 is switched off in the program itself. */
export const SCORECARD_IDS = [
	'P01',
	'P03',
	'P04',
	'P05',
	'P06',
	'P07',
	'P08',
	'N01',
	'N02',
	'D01',
	'D02',
	'D03',
];

/**
 * Fills in the scorecard of a package.
 * @param folder of the package as a user unpacks it
 */
export function readScorecard(folder: string): Card[] {
	const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
	return [...packageCards(manifest), ...nodeCards(folder, manifest), ...dependencyCards(manifest)];
}
