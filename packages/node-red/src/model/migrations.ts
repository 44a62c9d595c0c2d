/** What is stored for a node. */
export type Stored = Readonly<Record<string, unknown>>;

/** Leads stored settings from one version to the next. Changes nothing but what it returns. */
export type Migration = (stored: Stored) => Stored;

/** By node type: the first leads from version 1 to version 2, and so on. */
export type Migrations = Readonly<Record<string, readonly Migration[]>>;

/** The version of the bot was kept as `version` before that became the version of the settings. */
const renameVersion: Migration = ({ version, versionType, ...rest }) =>
	version === undefined
		? rest
		: { ...rest, versionValue: version, versionValueType: versionType ?? 'choice' };

/**
 * The steps of every node type whose settings have changed their form since its first release. A type that is not
 * named here is still at version 1.
 */
export const MIGRATIONS: Migrations = {
	'chatlayer-analytics': [renameVersion],
	'chatlayer-conversation': [renameVersion],
	'chatlayer-events': [renameVersion],
	'chatlayer-flows': [renameVersion],
};

/** The version in which a type's settings are stored today. */
export function currentVersion(type: string, migrations: Migrations = MIGRATIONS): number {
	return 1 + (migrations[type]?.length ?? 0);
}

/** Flows that were made before versions were stored, or by hand, count as the first. */
function storedVersion({ version }: Stored): number {
	return typeof version === 'number' && Number.isInteger(version) && version > 0 ? version : 1;
}

/**
 * Brings stored settings into the form of today. Settings of a later version, as after a way back to an older
 * package, stay as they are.
 */
export function migrate(type: string, stored: Stored, migrations: Migrations = MIGRATIONS): Stored {
	const from = storedVersion(stored);
	const steps = (migrations[type] ?? []).slice(from - 1);
	if (steps.length === 0) return stored;
	const now = steps.reduce((before, step) => step(before), stored);
	return { ...now, version: currentVersion(type, migrations) };
}
