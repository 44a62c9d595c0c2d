import { credentials as allCredentials } from '@convoflow/credentials';
import { findCredential, searchesOfService, type Service } from '@convoflow/kit';
import type { INodeCredentialDescription } from 'n8n-workflow';
import { literal } from './literal';
import { MAIN, nodeOutputs } from './node-outputs';
import { nodeName, type PackagePlan } from './packages';
import { serviceProperties } from './service-properties';

/** Icons of a node, for light and dark surfaces. */
export function nodeIcons(icon: string): object {
	return { light: `file:../../icons/${icon}.svg`, dark: `file:../../icons/${icon}.dark.svg` };
}

/** Names of the credentials that the operations of a service need, in alphabetical order. */
export function credentialNames({ resources }: Service): string[] {
	return [
		...new Set(resources.flatMap(({ operations }) => operations.map(({ credential }) => credential))),
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

/** Sources of the methods that fill the lists of a node's resource locators. */
function listSearches({ service, export: exported }: PackagePlan): string[] {
	const all = credentialNames(service).join(', ');
	return searchesOfService(service).map(
		({ name }) => `async ${name}(
				this: ILoadOptionsFunctions,
				filter?: string,
				paginationToken?: string,
			): Promise<INodeListSearchResult> {
				return await searchList(this, ${exported}, [${all}], '${name}', filter, paginationToken);
			}`,
	);
}

/** The member of the class that holds its methods by their kind; nothing where there are none. */
function methodsMember(methods: Readonly<Record<string, readonly string[]>>): string {
	const groups = Object.entries(methods).filter(([, sources]) => sources.length > 0);
	if (groups.length === 0) return '';
	const members = groups.map(([kind, sources]) => `${kind}: {\n${sources.join(',\n')},\n}`);
	return `\n	methods = { ${members.join(', ')} };\n`;
}

/** The source of the action node's class. */
export function nodeFile(plan: PackagePlan): string {
	const { service, className } = plan;
	const credentials = credentialNames(service);
	const description = {
		displayName: service.displayName,
		name: nodeName(className),
		icon: nodeIcons(plan.icon),
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: service.description,
		defaults: { name: service.displayName },
		usableAsTool: true,
		inputs: MAIN,
		outputs: nodeOutputs(service),
		credentials: credentialDescriptions(service),
		properties: serviceProperties(service),
	};
	const listSearch = listSearches(plan);
	const credentialTests = testedByNodes(credentials).map(credentialTest);
	const calls = ['executeService'];
	if (listSearch.length > 0) calls.push('searchList');
	if (credentialTests.length > 0) calls.push('testSecrets');
	if (plan.openCall) calls.push(plan.openCall);
	const passed = [
		`this, ${plan.export}, [${credentials.join(', ')}]`,
		...(plan.openCall ? [plan.openCall] : []),
	];
	const types = ['IExecuteFunctions', 'INodeExecutionData', 'INodeType', 'INodeTypeDescription'];
	if (listSearch.length > 0) types.push('ILoadOptionsFunctions', 'INodeListSearchResult');
	if (credentialTests.length > 0)
		types.push('ICredentialsDecrypted', 'ICredentialTestFunctions', 'INodeCredentialTestResult');
	return `import type { ${types.sort().join(', ')} } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { ${credentials.join(', ')} } from '@convoflow/credentials';
import { ${calls.sort().join(', ')} } from '@convoflow/n8n-host';
import { ${plan.export} } from '@convoflow/nodes';

export class ${className} implements INodeType {
	description: INodeTypeDescription = ${literal(description)};
${methodsMember({ credentialTest: credentialTests, listSearch })}
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeService(${passed.join(', ')});
	}
}
`;
}
