import { searchesOfService, type Service } from '@convoflow/kit';
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

/** The credentials of the action node; where there are several, each is asked for by its resources. */
function credentialDescriptions(service: Service): INodeCredentialDescription[] {
	const names = credentialNames(service);
	if (names.length < 2) return names.map((name) => ({ name, required: true }));
	return names.map((name) => ({
		name,
		required: true,
		displayOptions: {
			show: {
				resource: service.resources
					.filter(({ operations }) => operations.some(({ credential }) => credential === name))
					.map((resource) => resource.name),
			},
		},
	}));
}

/** The member of the class that fills the lists of its resource locators; none where there are none. */
function listSearchMember({ service, export: exported }: PackagePlan): string {
	const all = credentialNames(service).join(', ');
	const methods = searchesOfService(service).map(
		({ name }) => `async ${name}(
				this: ILoadOptionsFunctions,
				filter?: string,
				paginationToken?: string,
			): Promise<INodeListSearchResult> {
				return await searchList(this, ${exported}, [${all}], '${name}', filter, paginationToken);
			}`,
	);
	return methods.length === 0
		? ''
		: `
	methods = {
		listSearch: {
			${methods.join(',\n')},
		},
	};
`;
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
	const listSearch = listSearchMember(plan);
	const calls = ['executeService'];
	if (listSearch !== '') calls.push('searchList');
	if (plan.openCall) calls.push(plan.openCall);
	const passed = [
		`this, ${plan.export}, [${credentials.join(', ')}]`,
		...(plan.openCall ? [plan.openCall] : []),
	];
	const types = ['IExecuteFunctions', 'INodeExecutionData', 'INodeType', 'INodeTypeDescription'];
	if (listSearch !== '') types.push('ILoadOptionsFunctions', 'INodeListSearchResult');
	return `import type { ${types.sort().join(', ')} } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { ${credentials.join(', ')} } from '@convoflow/credentials';
import { ${calls.sort().join(', ')} } from '@convoflow/n8n-host';
import { ${plan.export} } from '@convoflow/nodes';

export class ${className} implements INodeType {
	description: INodeTypeDescription = ${literal(description)};
${listSearch}
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeService(${passed.join(', ')});
	}
}
`;
}
