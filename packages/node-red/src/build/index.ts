import esbuild from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';
import prettier from 'prettier';
import { actionNodes, configNodes, nodeTypes, triggerNodes } from '../model/nodes';
import { actionCatalog, categoryCatalog, configCatalog, triggerCatalog, type Catalog } from './catalog';
import { exampleFlows } from './examples';
import { faceOf } from './faces';
import { actionHtml, configHtml, triggerHtml } from './html';

/** One node type, ready to be written. */
interface NodeFiles {
	readonly type: string;
	readonly html: Promise<string>;
	readonly catalog: Catalog;
	readonly hasIcon: boolean;
}

function nodeFiles(root: string): NodeFiles[] {
	return [
		...actionNodes.map((node) => ({
			type: node.type,
			html: actionHtml(root, node),
			catalog: { [node.type]: actionCatalog(node), ...categoryCatalog(faceOf(node.service.name).category) },
			hasIcon: true,
		})),
		...triggerNodes.map((node) => ({
			type: node.type,
			html: triggerHtml(root, node),
			catalog: { [node.type]: triggerCatalog(node), ...categoryCatalog(faceOf(node.service.name).category) },
			hasIcon: true,
		})),
		...configNodes.map((credential) => ({
			type: credential.nodeRedType,
			html: configHtml(root, credential),
			catalog: { [credential.nodeRedType]: configCatalog(credential) },
			hasIcon: false,
		})),
	];
}

/** Everything at run time is one module, so that what nodes share (routes, sockets) exists once. */
async function bundleRuntime(root: string, outfile: string): Promise<void> {
	await esbuild.build({
		entryPoints: [path.join(root, 'packages/node-red/src/runtime/index.ts')],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: ['undici', 'ws'],
		charset: 'utf8',
		logLevel: 'warning',
	});
}

async function writeNode(
	folder: string,
	icons: string,
	{ type, html, catalog, hasIcon }: NodeFiles,
): Promise<void> {
	const script = `module.exports = (RED) => require('../lib/runtime.js').register(RED, '${type}');\n`;
	await fs.writeFile(path.join(folder, `${type}.js`), script);
	await fs.writeFile(path.join(folder, `${type}.html`), await html);
	const texts = JSON.stringify(catalog, null, '\t');
	await fs.writeFile(path.join(folder, 'locales', 'en-US', `${type}.json`), `${texts}\n`);
	if (hasIcon) await fs.copyFile(path.join(icons, `${type}.svg`), path.join(folder, 'icons', `${type}.svg`));
}

/** Writes a file as Prettier would, so that what is committed does not change with every build. */
async function writeJson(root: string, file: string, value: unknown): Promise<void> {
	const options = await prettier.resolveConfig(path.join(root, 'package.json'));
	const text = await prettier.format(JSON.stringify(value), { ...options, filepath: file });
	const known = await fs.readFile(file, 'utf8').catch(() => undefined);
	if (known !== text) await fs.writeFile(file, text);
}

/** The node types as package.json names them for Node-RED. */
export function nodesSection(): Record<string, string> {
	return Object.fromEntries([...nodeTypes].sort().map((type) => [type, `dist/nodes/${type}.js`]));
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
	await fs.mkdir(path.join(nodes, 'locales/en-US'), { recursive: true });
	await fs.mkdir(path.join(nodes, 'icons'), { recursive: true });
	await bundleRuntime(root, path.join(folder, 'dist/lib/runtime.js'));
	for (const files of nodeFiles(root)) await writeNode(nodes, path.join(folder, 'icons'), files);
	await writeExamples(root, path.join(folder, 'examples'));
	const manifestFile = path.join(folder, 'package.json');
	const manifest = JSON.parse(await fs.readFile(manifestFile, 'utf8')) as { 'node-red': object };
	const section = { ...manifest['node-red'], nodes: nodesSection() };
	await writeJson(root, manifestFile, { ...manifest, 'node-red': section });
}
