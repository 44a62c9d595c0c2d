import { credentials as allCredentials } from '@convoflow/credentials';
import {
	FIRST_VERSION,
	findCredential,
	searchesOfService,
	versionsOf,
	type Search,
	type Service,
} from '@convoflow/kit';
import type { INodeCredentialDescription } from 'n8n-workflow';
import { literal } from './literal';
import { MAIN, nodeOutputs } from './node-outputs';
import { nodeName, type PackagePlan } from './packages';
import type { Schema } from './schema';
import { serviceProperties } from './service-properties';

/** Icons of a node, for light and dark surfaces. */
export function nodeIcons(icon: string): object {
	return { light: `file:../../icons/${icon}.svg`, dark: `file:../../icons/${icon}.dark.svg` };
}

/** Names of the credentials that the operations of a service need, in alphabetical order. */
export function credentialNames({ resources }: Service): string[] {
	return [
		...new Set(
			resources.flatMap(({ operations }) => operations.flatMap(({ credential }) => credential ?? [])),
		),
	].sort();
}

/** Those among credentials that no call can test: the nodes that use them test their form. */
export function testedByNodes(names: readonly string[]): string[] {
	return names.filter((name) => !findCredential(allCredentials, name).test);
}

/** Source of the method that tests the form of a credential. */
export function credentialTest(name: string): string {
	return `async ${name}(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				return testSecrets(${name}, credential.data);
			}`;
}

/**
 * The credentials of the action node. Where there are several, each is asked for by its resources, and by its
 * operations where a resource has operations of another one too.
 */
function credentialDescriptions(service: Service): INodeCredentialDescription[] {
	const names = credentialNames(service);
	const untested = testedByNodes(names);
	return names.map((name) => ({
		name,
		required: true,
		...(untested.includes(name) ? { testedBy: name } : {}),
		...(names.length < 2 ? {} : { displayOptions: { show: shownFor(service, name) } }),
	}));
}

function shownFor({ resources }: Service, name: string): Record<string, string[]> {
	const using = resources.filter(({ operations }) =>
		operations.some(({ credential }) => credential === name),
	);
	const operations = using.flatMap((resource) => resource.operations);
	const own = operations.filter(({ credential }) => credential === name).map((one) => one.name);
	const others = operations.filter(({ credential }) => credential !== name);
	// n8n knows no pairs of resource and operation, so one name may not stand for both.
	const shared = others.find((other) => own.includes(other.name));
	if (shared) throw new TypeError(`${shared.name} would be shown with the credential ${name} as well`);
	return {
		resource: using.map((resource) => resource.name),
		...(others.length > 0 ? { operation: [...new Set(own)].sort() } : {}),
	};
}

/**
 * Source of the method that fills the list of a resource locator.
 * @param service name under which `@convoflow/nodes` exports the service
 * @param credentials names of those that the node may use
 */
export function listSearch({ name }: Search, service: string, credentials: readonly string[]): string {
	return `async ${name}(
				this: ILoadOptionsFunctions,
				filter?: string,
				paginationToken?: string,
			): Promise<INodeListSearchResult> {
				return await searchList(this, ${service}, [${credentials.join(', ')}], '${name}', filter, paginationToken);
			}`;
}

/** The member of the class that holds its methods by their kind; nothing where there are none. */
export function methodsMember(methods: Readonly<Record<string, readonly string[]>>): string {
	const groups = Object.entries(methods).filter(([, sources]) => sources.length > 0);
	if (groups.length === 0) return '';
	const members = groups.map(([kind, sources]) => `${kind}: {\n${sources.join(',\n')},\n}`);
	return `\n	methods = { ${members.join(', ')} };\n`;
}

/** The versions of a service's node; new nodes have the newest. */
function nodeVersions(service: Service): { version: number | number[]; defaultVersion?: number } {
	const versions = versionsOf(service);
	const newest = versions.at(-1) ?? FIRST_VERSION;
	return versions.length === 1 ? { version: newest } : { version: versions, defaultVersion: newest };
}

/** Members of the output that n8n never shows to anyone; nothing where there are none. */
export function sensitiveFields(all: readonly { readonly sensitive?: readonly string[] }[]): {
	sensitiveOutputFields?: string[];
} {
	const paths = [...new Set(all.flatMap(({ sensitive = [] }) => sensitive))].sort();
	return paths.length > 0 ? { sensitiveOutputFields: paths } : {};
}

/** The source of the action node's class. */
export function nodeFile(plan: PackagePlan, schemas: ReadonlyMap<string, Schema>): string {
	const { service, className } = plan;
	const credentials = credentialNames(service);
	const description = {
		displayName: service.displayName,
		name: nodeName(className),
		icon: nodeIcons(plan.icon),
		group: ['transform'],
		...nodeVersions(service),
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: service.description,
		defaults: { name: service.displayName },
		usableAsTool: true,
		inputs: MAIN,
		outputs: nodeOutputs(service),
		credentials: credentialDescriptions(service),
		...sensitiveFields(service.resources.flatMap(({ operations }) => operations)),
		properties: serviceProperties(service, schemas),
	};
	const listSearches = searchesOfService(service).map((one) => listSearch(one, plan.export, credentials));
	const credentialTests = testedByNodes(credentials).map(credentialTest);
	const calls = ['executeService'];
	if (listSearches.length > 0) calls.push('searchList');
	if (credentialTests.length > 0) calls.push('testSecrets');
	if (plan.openCall) calls.push(plan.openCall);
	const passed = [
		`this, ${plan.export}, [${credentials.join(', ')}]`,
		...(plan.openCall ? [plan.openCall] : []),
	];
	const types = ['IExecuteFunctions', 'INodeExecutionData', 'INodeType', 'INodeTypeDescription'];
	if (listSearches.length > 0) types.push('ILoadOptionsFunctions', 'INodeListSearchResult');
	if (credentialTests.length > 0)
		types.push('ICredentialsDecrypted', 'ICredentialTestFunctions', 'INodeCredentialTestResult');
	return `import type { ${types.sort().join(', ')} } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { ${credentials.join(', ')} } from '@convoflow/credentials';
import { ${calls.sort().join(', ')} } from '@convoflow/n8n-host';
import { ${plan.export} } from '@convoflow/nodes';

export class ${className} implements INodeType {
	description: INodeTypeDescription = ${literal(description)};
${methodsMember({ credentialTest: credentialTests, listSearch: listSearches })}
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeService(${passed.join(', ')});
	}
}
`;
}
