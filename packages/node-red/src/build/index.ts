import { minify } from '@swc/core';
import esbuild from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';
import prettier from 'prettier';
import { services } from '@convoflow/nodes';
import { actionNodes, configNodes, triggerNodes } from '../model/nodes';
import type { Catalog } from './catalog';
import { exampleFlows } from './examples';
import { writeFonts } from './fonts';
import { formOnly } from './form-only';
import { nodesHtml } from './html';
import { ENGLISH, LANGUAGES, readLanguage, translateCatalog, type Language } from './language';
import { writeLicences } from './licences';
import { actionParts, configParts, triggerParts, type NodeParts } from './node-parts';
import { actionTexts, configTexts, triggerTexts, type NodeTexts } from './texts';

/** The nodes of a service, which share one file of each kind, so that what they have in common comes once. */
interface NodeSet {
	/** Name of the service, and of its files. */
	readonly name: string;
	readonly parts: readonly NodeParts[];
	readonly texts: readonly NodeTexts[];
	/** Types that stand in the palette, each with an icon. */
	readonly shown: readonly string[];
}

function nodeSets(): NodeSet[] {
	return services.map(({ name }): NodeSet => {
		const actions = actionNodes.filter(({ service }) => service.name === name);
		const triggers = triggerNodes.filter(({ service }) => service.name === name);
		const configs = configNodes.filter(({ service }) => service.code.toLowerCase() === name);
		return {
			name,
			parts: [...actions.map(actionParts), ...triggers.map(triggerParts), ...configs.map(configParts)],
			texts: [...actions.map(actionTexts), ...triggers.map(triggerTexts), ...configs.map(configTexts)],
			shown: [...actions, ...triggers].map(({ type }) => type),
		};
	});
}

/** Everything at run time is one module, so that what nodes share (routes, sockets) exists once. */
async function bundleRuntime(root: string, outfile: string): Promise<void> {
	const { metafile, outputFiles } = await esbuild.build({
		absWorkingDir: root,
		metafile: true,
		write: false,
		entryPoints: [path.join(root, 'packages/node-red/src/runtime/index.ts')],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: ['undici', 'ws', '@resvg/resvg-wasm'],
		plugins: [formOnly(root)],
		charset: 'utf8',
		legalComments: 'none',
		logLevel: 'warning',
	});
	// Small to install; names of classes and methods stay, so that stacks of errors say where they come from.
	const bundle = outputFiles[0]?.text ?? '';
	const classes = [...bundle.matchAll(/^var (\w+) = class\b/gm)].map(([, name = '']) => name);
	const { code } = await minify(bundle, {
		compress: { passes: 2, toplevel: true },
		mangle: { toplevel: true, reserved: classes },
		ecma: 2022,
		module: false,
	});
	await fs.mkdir(path.dirname(outfile), { recursive: true });
	await fs.writeFile(outfile, code);
	await writeLicences(root, path.join(path.dirname(outfile), 'LICENSES.txt'), metafile);
}

function helpScript(type: string, help: string): string {
	return `<script type="text/markdown" data-help-name="${type}">\n${help}\n</script>\n`;
}

/** Catalogs of several nodes as one: the title of their category is the same. */
function catalogOf(texts: readonly NodeTexts[]): Catalog {
	return Object.assign({}, ...texts.map(({ catalog }) => catalog)) as Catalog;
}

async function writeTexts(folder: string, { name, texts }: NodeSet, language: Language): Promise<void> {
	const locales = path.join(folder, 'locales', language.code);
	await fs.mkdir(locales, { recursive: true });
	const catalog = JSON.stringify(translateCatalog(catalogOf(texts), language));
	await fs.writeFile(path.join(locales, `${name}.json`), `${catalog}\n`);
	// The English help stands in the html of the nodes, where the Flow Library looks for it.
	if (language !== ENGLISH) await fs.writeFile(path.join(locales, `${name}.html`), helpOf(texts, language));
}

function helpOf(texts: readonly NodeTexts[], language: Language): string {
	return texts.map(({ type, help }) => helpScript(type, help(language))).join('\n');
}

async function writeSet(
	root: string,
	folder: string,
	set: NodeSet,
	languages: readonly Language[],
): Promise<void> {
	const { name, parts, texts, shown } = set;
	const types = JSON.stringify(parts.map(({ type }) => type));
	const script = `const { register } = require('../lib/runtime.js');
module.exports = (RED) => ${types}.forEach((type) => register(RED, type));
`;
	await fs.writeFile(path.join(folder, `${name}.js`), script);
	const html = `${await nodesHtml(root, parts)}\n${helpOf(texts, ENGLISH)}`;
	await fs.writeFile(path.join(folder, `${name}.html`), html);
	for (const language of languages) await writeTexts(folder, set, language);
	for (const type of shown) {
		const icon = path.join(root, 'packages/node-red/icons', `${type}.svg`);
		await fs.copyFile(icon, path.join(folder, 'icons', `${type}.svg`));
	}
}

/** Writes a file as Prettier would, so that what is committed does not change with every build. */
async function writeJson(root: string, file: string, value: unknown): Promise<void> {
	const options = await prettier.resolveConfig(path.join(root, 'package.json'));
	const text = await prettier.format(JSON.stringify(value), { ...options, filepath: file });
	const known = await fs.readFile(file, 'utf8').catch(() => undefined);
	if (known !== text) await fs.writeFile(file, text);
}

/** The files of nodes as package.json names them for Node-RED. */
export function nodesSection(): Record<string, string> {
	return Object.fromEntries(services.map(({ name }) => [name, `dist/nodes/${name}.js`]));
}

async function writeExamples(root: string, folder: string): Promise<void> {
	await fs.mkdir(folder, { recursive: true });
	const examples = exampleFlows();
	const names = new Set(examples.map(({ name }) => `${fileName(name)}.json`));
	for (const file of await fs.readdir(folder)) if (!names.has(file)) await fs.rm(path.join(folder, file));
	for (const { name, flow } of examples)
		await writeJson(root, path.join(folder, `${fileName(name)}.json`), flow);
}

/** The menu shows the file's name. */
function fileName(name: string): string {
	return name.replace(/[:/\\]/g, '');
}

/**
 * Builds the Node-RED package: `dist/`, `examples/` and the list of nodes in package.json, all from the
 * definitions.
 * @param root folder of the repository
 */
export async function buildPackage({ root }: { readonly root: string }): Promise<void> {
	const folder = path.join(root, 'packages/node-red');
	const nodes = path.join(folder, 'dist/nodes');
	await fs.rm(path.join(folder, 'dist'), { recursive: true, force: true });
	await fs.mkdir(path.join(nodes, 'icons'), { recursive: true });
	await bundleRuntime(root, path.join(folder, 'dist/lib/runtime.js'));
	await writeFonts(root, path.join(folder, 'dist/fonts'));
	const others = await Promise.all(LANGUAGES.map(async (code) => await readLanguage(root, code)));
	for (const set of nodeSets()) await writeSet(root, nodes, set, [ENGLISH, ...others]);
	await writeExamples(root, path.join(folder, 'examples'));
	const manifestFile = path.join(folder, 'package.json');
	const manifest = JSON.parse(await fs.readFile(manifestFile, 'utf8')) as { 'node-red': object };
	const section = { ...manifest['node-red'], nodes: nodesSection() };
	await writeJson(root, manifestFile, { ...manifest, 'node-red': section });
}
