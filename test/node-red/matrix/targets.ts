import path from 'node:path';
import { cacheFolder, installOnce } from '../../../packages/demo/src/install-once';
import { npm } from '../../../packages/demo/src/npm';
import { printerTo } from '../../../packages/demo/src/printer';
import { ROOT } from '../harness/install';

/** A Node-RED on a Node. */
export interface Target {
	/** What `NODE_RED_TARGET` names it by. */
	readonly name: string;
	readonly nodeRed: string;
	readonly node: string;
}

/** The one that the workspace itself brings. */
const OWN: Target = { name: '5.0-node24', nodeRed: '5.0.7', node: '24.21.0' };

/** Every Node-RED that the package is for, on the Node that belongs to it; the workspace's own is the last. */
export const TARGETS: readonly Target[] = [
	{ name: '4.1-node20', nodeRed: '4.1.15', node: '20.20.2' },
	{ name: '5.0-node22', nodeRed: '5.0.7', node: '22.23.3' },
	OWN,
];

/** The target that `NODE_RED_TARGET` names; the workspace's own unless it names one. */
export function chosenTarget(): Target {
	const name = process.env['NODE_RED_TARGET'] || OWN.name;
	const target = TARGETS.find((one) => one.name === name);
	if (!target) throw new Error(`NODE_RED_TARGET is one of ${TARGETS.map((one) => one.name).join(', ')}`);
	return target;
}

/** Where the programs of a target are. */
export interface Host {
	/** Folder whose node_modules hold Node-RED. */
	readonly root: string;
	/** Program of Node; that of this process where it is not named. */
	readonly node?: string;
}

/** Installs exact packages into the cache, once. @returns the folder whose node_modules hold them */
async function installed(packages: readonly string[]): Promise<string> {
	const dir = path.join(cacheFolder(), packages.join('+'));
	const print = printerTo(process.stderr);
	await installOnce(
		dir,
		async (part) => {
			print(`Installing ${packages.join(' and ')} (once; the following runs skip this)`);
			// A Node for this machine installs under another Node only when it is forced to.
			const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--force', '--prefix', part];
			await npm(part, ['install', ...flags, ...packages]);
		},
		{ what: packages.join(' and '), print },
	);
	return dir;
}

/** Brings a target onto this machine, from the package registry where it is not there yet. */
export async function hostOf({ name, nodeRed, node }: Target): Promise<Host> {
	if (name === OWN.name) return { root: ROOT };
	const nodePackage = `node-${process.platform}-${process.arch}`;
	const nodeDir = await installed([`${nodePackage}@${node}`]);
	const root = nodeRed === OWN.nodeRed ? ROOT : await installed([`node-red@${nodeRed}`]);
	return { root, node: path.join(nodeDir, 'node_modules', nodePackage, 'bin', 'node') };
}
