import {
	formFields,
	repeatAdvice,
	runOptions,
	type OlderForm,
	type Operation,
	type Resource,
	type Service,
} from '@convoflow/kit';
import type { DisplayCondition, INodeProperties } from 'n8n-workflow';
import { outputFileProperty } from '../output-file';
import { hiddenFromTools, toolOutputProperties } from '../tool-output';
import { additionalFields, optionsCollection, properties } from './field-property';
import { repeatNotices } from './repeat-notice';
import type { Schema } from './schema';

function byLabel(a: { displayName: string }, b: { displayName: string }): number {
	return a.displayName.localeCompare(b.displayName);
}

/** The choice that most people come for, the first where none is named. */
function startOf(main: string | undefined, sorted: readonly { readonly name: string }[]): string {
	return main ?? sorted[0]?.name ?? '';
}

function resourceProperty({ resources, main }: Service): INodeProperties {
	const sorted = [...resources].sort(byLabel);
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: sorted.map(({ displayName, name }) => ({ name: displayName, value: name })),
		default: startOf(main, sorted),
	};
}

function operationProperty({ name: resource, operations, main }: Resource): INodeProperties {
	const sorted = [...operations].sort(byLabel);
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: sorted.map((operation) => ({
			name: operation.displayName,
			value: operation.name,
			action: operation.action,
			description: `${operation.description}. ${repeatAdvice(operation)}`,
		})),
		default: startOf(main, sorted),
	};
}

function operationsOf(one: INodeProperties): string[] {
	return (one.displayOptions?.show?.['operation'] ?? []) as string[];
}

/** The property without the operations that it is shown for, to tell whether two are the same. */
function shape(one: INodeProperties): string {
	return JSON.stringify({ ...one, displayOptions: { show: { ...one.displayOptions?.show, operation: [] } } });
}

/** The forms of a resource's operations; a field that several have alike stands there once. */
function formProperties({ name: resource, operations }: Resource, schemas: Schemas): INodeProperties[] {
	const merged: INodeProperties[] = [];
	for (const operation of [...operations].sort(byLabel)) {
		let place = 0;
		for (const one of operationForm(resource, operation, schemas)) {
			const known = merged.findIndex((other, index) => index >= place && shape(other) === shape(one));
			const twin = merged[known];
			if (twin) operationsOf(twin).push(operation.name);
			else merged.splice(place, 0, one);
			place = (twin ? known : place) + 1;
		}
	}
	return merged;
}

/** A property for nodes of some versions only. */
function withVersion(one: INodeProperties, condition: DisplayCondition): INodeProperties {
	const { show } = one.displayOptions ?? {};
	return {
		...one,
		displayOptions: { ...one.displayOptions, show: { ...show, '@version': [condition] } },
	};
}

/** A property that older forms do not have is shown from its version on. */
function sinceItsVersion(one: INodeProperties, older: readonly OlderForm[] = []): INodeProperties {
	const since = older.filter(({ without }) => without.includes(one.name)).map(({ before }) => before);
	return since.length > 0 ? withVersion(one, { _cnd: { gte: Math.max(...since) } }) : one;
}

function operationForm(resource: string, operation: Operation, schemas: Schemas): INodeProperties[] {
	const show = { resource: [resource], operation: [operation.name] };
	const columns = Object.keys(schemas.get(`${resource}/${operation.name}.json`)?.properties ?? {});
	return [
		...repeatNotices(operation, show),
		...properties(formFields(operation), show).map((one) =>
			one.name === 'simplify' ? hiddenFromTools(one) : sinceItsVersion(one, operation.older),
		),
		...(operation.older ?? []).flatMap(({ fields, before }) =>
			properties(fields, show).map((one) => withVersion(one, { _cnd: { lt: before } })),
		),
		...(operation.simplify ? toolOutputProperties(columns, show) : []),
		...(operation.returns === 'file' ? [outputFileProperty({ show })] : []),
		...additionalFields(operation.optional, show),
		...optionsCollection(runOptions(operation), show),
	];
}

/** Output schemas by `<resource>/<operation>.json`. */
type Schemas = ReadonlyMap<string, Schema>;

/** Every property of a service's action node. */
export function serviceProperties(service: Service, schemas: Schemas): INodeProperties[] {
	const resources = [...service.resources].sort(byLabel);
	return [
		resourceProperty(service),
		...resources.map(operationProperty),
		...resources.flatMap((resource) => formProperties(resource, schemas)),
	];
}
