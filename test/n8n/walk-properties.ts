import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

/** A property of a node's form, at any depth. */
export interface PlacedProperty {
	/** `options.retries`, `attachments.rows.url`. */
	readonly path: string;
	readonly property: INodeProperties;
	/** 0 for what stands in the form itself. */
	readonly depth: number;
}

type Member = INodePropertyOptions | INodeProperties | INodePropertyCollection;

function isChoice(one: Member): one is INodePropertyOptions {
	return 'value' in one;
}

function isGroup(one: Member): one is INodePropertyCollection {
	return 'values' in one;
}

/** The choices of a list; none for a property that is no list. */
export function choicesOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter(isChoice);
}

/** The properties inside a collection; none for a property that is no collection. */
export function membersOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((one) => (isGroup(one) ? one.values : isChoice(one) ? [] : [one]));
}

/** The headed groups of a fixed collection. */
export function groupsOf({ options = [] }: INodeProperties): INodePropertyCollection[] {
	return options.filter(isGroup);
}

/** Every property of a form, those inside collections behind the one that holds them. */
export function* walkProperties(
	properties: readonly INodeProperties[],
	above = '',
	depth = 0,
): Generator<PlacedProperty> {
	for (const property of properties) {
		const path = above + property.name;
		yield { path, property, depth };
		yield* walkProperties(membersOf(property), `${path}.`, depth + 1);
	}
}

/** Properties that the form shows for a resource and an operation, without those two. */
export function formOf(
	{ properties }: INodeTypeDescription,
	resource: string,
	operation: string,
): INodeProperties[] {
	const fits = (wanted: unknown, value: string): boolean => !Array.isArray(wanted) || wanted.includes(value);
	return properties.filter(
		({ name, displayOptions }) =>
			name !== 'resource' &&
			name !== 'operation' &&
			fits(displayOptions?.show?.['resource'], resource) &&
			fits(displayOptions?.show?.['operation'], operation),
	);
}
