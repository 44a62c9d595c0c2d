import { formFields, runOptions, type Operation, type Resource, type Service } from '@convoflow/kit';
import type { INodeProperties } from 'n8n-workflow';
import { outputFileProperty } from '../output-file';
import { additionalFields, optionsCollection, properties } from './field-property';

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
		options: sorted.map(({ displayName, name, action, description }) => ({
			name: displayName,
			value: name,
			action,
			description,
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
function formProperties({ name: resource, operations }: Resource): INodeProperties[] {
	const merged: INodeProperties[] = [];
	for (const operation of [...operations].sort(byLabel)) {
		let place = 0;
		for (const one of operationForm(resource, operation)) {
			const known = merged.findIndex((other, index) => index >= place && shape(other) === shape(one));
			const twin = merged[known];
			if (twin) operationsOf(twin).push(operation.name);
			else merged.splice(place, 0, one);
			place = (twin ? known : place) + 1;
		}
	}
	return merged;
}

function operationForm(resource: string, operation: Operation): INodeProperties[] {
	const show = { resource: [resource], operation: [operation.name] };
	return [
		...properties(formFields(operation), show),
		...(operation.returns === 'file' ? [outputFileProperty({ show })] : []),
		...additionalFields(operation.optional, show),
		...optionsCollection(runOptions(operation), show),
	];
}

/** Every property of a service's action node. */
export function serviceProperties(service: Service): INodeProperties[] {
	const resources = [...service.resources].sort(byLabel);
	return [
		resourceProperty(service),
		...resources.map(operationProperty),
		...resources.flatMap(formProperties),
	];
}
