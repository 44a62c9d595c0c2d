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

/** Names of the parameters that a form shows for a resource's operation, those of collections among them. */
function parametersFor(
	properties: readonly INodeProperties[],
	resource?: string,
	operation?: string,
): string[] {
	const isMeant = ({ displayOptions }: INodeProperties): boolean => {
		const { resource: resources, operation: operations } = displayOptions?.show ?? {};
		return (
			(!resources || resources.includes(resource ?? '')) &&
			(!operations || operations.includes(operation ?? ''))
		);
	};
	return properties
		.filter(isMeant)
		.flatMap((property) => [
			property.name,
			...(property.type === 'collection' ? (property.options ?? []).map(({ name }) => name) : []),
		]);
}

/** What the built n8n packages offer: fields by operation, by trigger node and by credential. */
function readN8n(): Map<string, string[]> {
	const offered = new Map<string, string[]>();
	for (const name of N8N_PACKAGES) {
		const service = name.slice('n8n-nodes-'.length);
		for (const { description } of classesOf<INodeType>(name, 'nodes')) {
			const { properties, displayName } = description;
			offered.set(displayName, parametersFor(properties));
			for (const { displayOptions, options = [], ...list } of properties) {
				if (list.name !== 'operation') continue;
				const resource = (displayOptions?.show?.['resource']?.[0] ?? '') as string;
				for (const option of options) {
					const operation = 'value' in option ? String(option.value) : '';
					offered.set(`${service}.${resource}.${operation}`, parametersFor(properties, resource, operation));
				}
			}
		}
		for (const { name: credential, properties } of classesOf<ICredentialType>(name, 'credentials')) {
			offered.set(
				credential,
				properties.map((property) => property.name),
			);
		}
	}
	return offered;
}

interface Catalog {
	readonly fields?: Readonly<Record<string, unknown>>;
	/** By resource, then by operation. */
	readonly operations?: Readonly<
		Record<string, Readonly<Record<string, { readonly fields: Readonly<Record<string, unknown>> }>>>
	>;
}

/** The texts of a built Node-RED node: what its form shows has a label there. */
function catalogOf(type: string | undefined): Catalog | undefined {
	built('packages/node-red/dist/nodes');
	// The nodes of a service share a catalog.
	const [service] = type?.split('-') ?? [];
	const file = join(root, 'packages/node-red/dist/nodes/locales/en-US', `${service}.json`);
	if (type === undefined || !existsSync(file)) return undefined;
	return (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Catalog>)[type];
}

function fieldsInNodeRed(home: Home): string[] | undefined {
	if ('credential' in home) {
		const credential = credentials.find(({ name }) => name === home.credential);
		const fields = catalogOf(credential?.nodeRedType)?.fields;
		return fields && Object.keys(fields);
	}
	const [serviceName, ...rest] = ('operation' in home ? home.operation : home.trigger).split('.');
	const service = services.find(({ name }) => name === serviceName);
	const [first = '', second = ''] = rest;
	if ('trigger' in home) {
		const fields = catalogOf(service?.triggers.find(({ name }) => name === first)?.nodeRedType)?.fields;
		return fields && Object.keys(fields);
	}
	const resource = service?.resources.find(({ name }) => name === first);
	const fields = catalogOf(resource?.nodeRedType)?.operations?.[first]?.[second]?.fields;
	return fields && Object.keys(fields);
}

let n8n: Map<string, string[]> | undefined;

function fieldsInN8n(home: Home): string[] | undefined {
	n8n ??= readN8n();
	if ('operation' in home) return n8n.get(home.operation);
	if ('credential' in home) return n8n.get(home.credential);
	const [serviceName, name] = home.trigger.split('.');
	const trigger = services
		.find((service) => service.name === serviceName)
		?.triggers.find((one) => one.name === name);
	return n8n.get(trigger?.displayName ?? '');
}

/** The fields that the built package of a host shows for a definition; undefined when it does not offer it. */
export function fieldsIn(host: Host, home: Home): readonly string[] | undefined {
	return host === 'n8n' ? fieldsInN8n(home) : fieldsInNodeRed(home);
}
