import './silence';
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import { NodeHelpers, type ICredentialType, type INodeType } from 'n8n-workflow';
import { checkedNodeType } from './checked-node-type';

const ROOT = resolve(__dirname, '../..');

/** The packages, by name. */
export const TREES = ['n8n-nodes-flowai', 'n8n-nodes-flowxo', 'n8n-nodes-chatlayer'] as const;

/** A built n8n package, loaded as n8n loads it. */
export interface Tree {
	/** Name of the package, e.g. `n8n-nodes-flowai`. */
	readonly name: string;
	readonly dir: string;
	readonly loader: PackageDirectoryLoader;
}

const trees = new Map<string, Promise<Tree>>();

/**
 * Loads a built package from `build/n8n`.
 * @throws when it is not built
 */
export async function loadTree(name: string): Promise<Tree> {
	let tree = trees.get(name);
	if (!tree) {
		tree = load(name);
		trees.set(name, tree);
	}
	return await tree;
}

async function load(name: string): Promise<Tree> {
	const dir = join(ROOT, 'build', 'n8n', name);
	if (!existsSync(join(dir, 'dist'))) throw new Error(`${name} is not built: run npm run build first`);
	const loader = new PackageDirectoryLoader(dir);
	await loader.loadAll();
	return { name, dir, loader };
}

const checked = new WeakMap<object, INodeType>();

/** The node class of a tree. What it puts out is compared with its output schema. */
export function nodeTypeOf(tree: Tree, nodeType: string): INodeType {
	const found = tree.loader.nodeTypes[nodeType];
	if (!found) throw new Error(`${tree.name} has no node ${nodeType}`);
	let type = checked.get(found.type);
	if (!type) {
		type = checkedNodeType(tree.dir, nodeType, NodeHelpers.getVersionedNodeType(found.type));
		checked.set(found.type, type);
	}
	return type;
}

/** The credential class of a tree. */
export function credentialTypeOf(tree: Tree, name: string): ICredentialType {
	const found = tree.loader.credentialTypes[name];
	if (!found) throw new Error(`${tree.name} has no credential ${name}`);
	return found.type;
}
