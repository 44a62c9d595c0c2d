import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentials } from '@convoflow/credentials';
import { services } from '@convoflow/nodes';
import type { ICredentialType, INodeProperties, INodeType } from 'n8n-workflow';
import type { Home } from './seed-list';

/** The programs that people build workflows in. */
export const HOSTS = ['n8n', 'Node-RED'] as const;
export type Host = (typeof HOSTS)[number];

const root = join(__dirname, '../..');
const N8N_PACKAGES = ['n8n-nodes-flowai', 'n8n-nodes-flowxo', 'n8n-nodes-chatlayer'];

interface BuiltManifest {
	readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
}

function built(path: string): string {
	const file = join(root, path);
	if (!existsSync(file)) throw new Error(`${path} is not built: run npm run build first`);
	return file;
}

/** The classes that a built n8n package registers. */
function classesOf<T>(name: string, list: keyof BuiltManifest['n8n']): T[] {
	const manifest = JSON.parse(readFileSync(built(`build/n8n/${name}/package.json`), 'utf8')) as BuiltManifest;
	return manifest.n8n[list].map((path) => {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- built code, whose path is data
		const [Class] = Object.values(require(built(`build/n8n/${name}/${path}`)) as Record<string, new () => T>);
		if (!Class) throw new Error(`${path} exports no class`);
		return new Class();
	});
}

function operationsIn({ description }: INodeType, service: string): string[] {
	const lists = description.properties.filter(({ name }: INodeProperties) => name === 'operation');
	return lists.flatMap(({ displayOptions, options = [] }) =>
		(displayOptions?.show?.['resource'] ?? []).flatMap((resource) =>
			options.map(
				(option) => `${service}.${resource as string}.${String('value' in option ? option.value : '')}`,
			),
		),
	);
}

/** What the built n8n packages offer: operations, names of trigger nodes, names of credentials. */
function readN8n(): Set<string> {
	const offered = new Set<string>();
	for (const name of N8N_PACKAGES) {
		const service = name.slice('n8n-nodes-'.length);
		for (const node of classesOf<INodeType>(name, 'nodes')) {
			for (const operation of operationsIn(node, service)) offered.add(operation);
			offered.add(node.description.displayName);
		}
		for (const credential of classesOf<ICredentialType>(name, 'credentials')) offered.add(credential.name);
	}
	return offered;
}

/** True when the built Node-RED package has a node of this type whose html names all of `words`. */
function nodeRedOffers(type: string | undefined, ...words: string[]): boolean {
	if (type === undefined) return false;
	built('packages/node-red/dist/nodes');
	const file = join(root, 'packages/node-red/dist/nodes', `${type}.html`);
	const html = existsSync(file) ? readFileSync(file, 'utf8') : '';
	return html !== '' && words.every((word) => html.includes(word));
}

let n8n: Set<string> | undefined;

/** Whether the built package of a host offers a definition. */
export function isInHost(host: Host, home: Home): boolean {
	n8n ??= readN8n();
	if ('operation' in home) {
		const [serviceName, resourceName, operation] = home.operation.split('.');
		const resource = services
			.find(({ name }) => name === serviceName)
			?.resources.find(({ name }) => name === resourceName);
		return host === 'n8n'
			? n8n.has(home.operation)
			: nodeRedOffers(resource?.nodeRedType, `${resourceName}.${operation}`);
	}
	if ('trigger' in home) {
		const [serviceName, triggerName] = home.trigger.split('.');
		const trigger = services
			.find(({ name }) => name === serviceName)
			?.triggers.find(({ name }) => name === triggerName);
		return host === 'n8n' ? n8n.has(trigger?.displayName ?? '') : nodeRedOffers(trigger?.nodeRedType);
	}
	const credential = credentials.find(({ name }) => name === home.credential);
	return host === 'n8n' ? n8n.has(home.credential) : nodeRedOffers(credential?.nodeRedType);
}
