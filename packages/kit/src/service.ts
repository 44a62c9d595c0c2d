import type { JsonObject } from '@convoflow/client';
import type { Credential } from './credential';
import type { FieldMap } from './fields';
import type { Operation } from './operation';
import type { Poll } from './poll';
import { searchesOf, type Search } from './search';

/** A thing of a service and what can be done with it. */
export interface Resource {
	/** lowerCamelCase. */
	readonly name: string;
	/** Title Case, singular. */
	readonly displayName: string;
	/** Sentence case: what the node is for. */
	readonly description: string;
	/** Type of the Node-RED node that shows it; resources may share one. */
	readonly nodeRedType: string;
	readonly operations: readonly Operation[];
	/** Name of the operation that most people come for; the first in alphabetical order when absent. */
	readonly main?: string;
}

/** What a trigger is, apart from how a host starts and stops it. */
export interface Trigger {
	/** lowerCamelCase, e.g. `webhook`. */
	readonly name: string;
	readonly displayName: string;
	readonly description: string;
	readonly nodeRedType: string;
	/** Name of the credential, where it needs one. */
	readonly credential?: string;
	/** Name of the set of secrets that its calls are checked with. */
	readonly secrets?: string;
	/** Set when the service calls an address of the host. */
	readonly address?: {
		/** Where a person enters that address. */
		readonly enterAt: string;
		/** Members of the body that are understood, where the person writes the body as well. */
		readonly members?: readonly string[];
	};
	/** Set when it enters an address of the host with the service by itself. */
	readonly subscribes?: boolean;
	readonly fields: FieldMap;
	readonly optional: FieldMap;
	/** How it finds out what is new, where the service does not tell by itself. */
	readonly poll?: Poll;
	/** Members of its output that are as good as a password, as paths with dots; hosts that can hide them do. */
	readonly sensitive?: readonly string[];
	/** An output as it may come. */
	readonly sample: JsonObject;
	/** Outputs of other kinds, where they have members that `sample` has not. */
	readonly moreSamples?: readonly JsonObject[];
}

/** One service: what a package is made of. */
export interface Service {
	/** Lower case, e.g. `flowai`. */
	readonly name: string;
	readonly displayName: string;
	/** Sentence case, for package and node descriptions. */
	readonly description: string;
	/** Codex categories of n8n. */
	readonly categories: readonly string[];
	/** Words people search for. */
	readonly aliases: readonly string[];
	readonly resources: readonly Resource[];
	/** Name of the resource that most people come for; the first in alphabetical order when absent. */
	readonly main?: string;
	readonly triggers: readonly Trigger[];
}

/** Finds an operation by resource and name. */
export function findOperation(service: Service, resource: string, name: string): Operation | undefined {
	return service.resources
		.find((one) => one.name === resource)
		?.operations.find((operation) => operation.name === name);
}

/** Every list that the locators of a service are picked from. */
export function searchesOfService({ resources }: Service): Search[] {
	const operations = resources.flatMap((resource) => resource.operations);
	return [...new Set(operations.flatMap(({ fields, optional }) => searchesOf({ ...fields, ...optional })))];
}

/** Finds a credential by name. */
export function findCredential(credentials: readonly Credential[], name: string): Credential {
	const found = credentials.find((credential) => credential.name === name);
	if (!found) throw new TypeError(`no credential is named ${name}`);
	return found;
}
