import type { FieldMap } from './fields';
import type { Service } from './service';

/** Values of a form by field name, as a host has saved them. */
export type SavedValues = Readonly<Record<string, unknown>>;

/**
 * The form that nodes saved before a version still have. A node keeps the version it was made with, so a saved
 * workflow goes on running and shows what it was filled in with.
 */
export interface OlderForm {
	/** Version of the node that brought today's form, e.g. 1.1. */
	readonly before: number;
	/** Fields that only the older form has. */
	readonly fields: FieldMap;
	/** Names of today's fields that the older form does not have. */
	readonly without: readonly string[];
	/** Turns values of the older form into values of the form that came with `before`. Pure. */
	readonly migrate: (values: SavedValues) => SavedValues;
}

/** The first version of every node. */
export const FIRST_VERSION = 1;

/** Every version that the node of a service has had, oldest first. */
export function versionsOf({ resources }: Pick<Service, 'resources'>): number[] {
	const changes = resources.flatMap(({ operations }) =>
		operations.flatMap(({ older = [] }) => older.map(({ before }) => before)),
	);
	return [...new Set([FIRST_VERSION, ...changes])].sort((a, b) => a - b);
}

/** The forms that a node of a version comes through on its way to today's, in their order. */
export function olderThan(older: readonly OlderForm[], version: number): OlderForm[] {
	return older.filter(({ before }) => version < before).sort((a, b) => a.before - b.before);
}

/** Values of a node of some version as values of today's form. */
export function migrated(older: readonly OlderForm[], version: number, values: SavedValues): SavedValues {
	return olderThan(older, version).reduce((now, { migrate }) => migrate(now), values);
}
