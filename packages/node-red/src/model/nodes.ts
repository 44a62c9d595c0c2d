import { credentials, secretSets } from '@convoflow/credentials';
import {
	findCredential,
	formFields,
	repeatAdvice,
	runOptions,
	type Credential,
	type FieldMap,
	type Operation,
	type Resource,
	type SecretSet,
	type Service,
	type Trigger,
} from '@convoflow/kit';
import { services } from '@convoflow/nodes';

/** An operation as a node offers it. */
export interface NodeOperation {
	/** `<resource>.<operation>`, the value that a flow stores. */
	readonly id: string;
	readonly resource: Resource;
	readonly operation: Operation;
	/** Undefined for an operation that needs none. */
	readonly credential: Credential | undefined;
	/** Every field of its own, the optional ones last. */
	readonly fields: FieldMap;
	/** How it is run: the same fields for every operation that takes them. */
	readonly options: FieldMap;
	/** Whether it may be run again, as a sentence. */
	readonly repeating: string;
}

/** A node that does something for each message. */
export interface ActionNode {
	readonly type: string;
	readonly service: Service;
	/** What the palette shows: the type without the service. */
	readonly label: string;
	/** What each of its resources is for. */
	readonly descriptions: readonly string[];
	readonly operations: readonly NodeOperation[];
	/** The credentials that its operations need, each once. */
	readonly credentials: readonly Credential[];
}

/** A node that starts flows. */
export interface TriggerNode {
	readonly type: string;
	readonly service: Service;
	readonly label: string;
	readonly trigger: Trigger;
	readonly credential: Credential | undefined;
	readonly secrets: SecretSet | undefined;
}

/** Whether an operation draws a picture in SVG, which this host also gives as PNG. */
export function isPicture({ fileType }: Operation): boolean {
	return fileType === 'image/svg+xml';
}

function operationsOf(resource: Resource): NodeOperation[] {
	return resource.operations.map((operation) => ({
		id: `${resource.name}.${operation.name}`,
		resource,
		operation,
		credential:
			operation.credential === undefined ? undefined : findCredential(credentials, operation.credential),
		fields: { ...formFields(operation), ...operation.optional },
		options: runOptions(operation),
		repeating: repeatAdvice(operation),
	}));
}

function paletteLabel(service: Service, type: string): string {
	return type.startsWith(`${service.name}-`) ? type.slice(service.name.length + 1) : type;
}

function actionNodesOf(service: Service): ActionNode[] {
	const types = [...new Set(service.resources.map((resource) => resource.nodeRedType))];
	return types.map((type) => {
		const resources = service.resources.filter((resource) => resource.nodeRedType === type);
		const operations = resources.flatMap(operationsOf);
		return {
			type,
			service,
			label: paletteLabel(service, type),
			descriptions: resources.map((resource) => resource.description),
			operations,
			credentials: [...new Set(operations.flatMap(({ credential }) => credential ?? []))],
		};
	});
}

function triggerNodeOf(service: Service, trigger: Trigger): TriggerNode {
	const type = trigger.nodeRedType;
	return {
		type,
		service,
		label: paletteLabel(service, type),
		trigger,
		credential:
			trigger.credential === undefined ? undefined : findCredential(credentials, trigger.credential),
		secrets: secretSets.find((set) => set.name === trigger.secrets),
	};
}

/** Every node that does something for each message, one a `nodeRedType`. */
export const actionNodes: readonly ActionNode[] = services.flatMap(actionNodesOf);

/** Every node that starts flows. */
export const triggerNodes: readonly TriggerNode[] = services.flatMap((service) =>
	service.triggers.map((trigger) => triggerNodeOf(service, trigger)),
);

/** The credential of every config node. */
export const configNodes: readonly Credential[] = credentials;

/** Every node type of the package. */
export const nodeTypes: readonly string[] = [
	...actionNodes.map(({ type }) => type),
	...triggerNodes.map(({ type }) => type),
	...configNodes.map(({ nodeRedType }) => nodeRedType),
];
