import { currentVersion, migrate, MIGRATIONS, type Migrations } from '../model/migrations';

/** A node that the editor has loaded. */
type Loaded = Record<string, unknown> & { readonly type: string };

/**
 * Brings a loaded node into the form of today, so that its dialog shows what its flow says, and marks it as changed:
 * the next deploy stores it.
 */
export function migrateLoaded(node: Loaded, migrations: Migrations = MIGRATIONS): void {
	const now = migrate(node.type, node, migrations);
	if (now === node) return;
	for (const name of Object.keys(node)) if (!Object.hasOwn(now, name)) delete node[name];
	Object.assign(node, now, { changed: true });
}

/** Looks after every node of a type that is loaded, imported or pasted. */
export function migrateNodes(type: string): void {
	if (currentVersion(type) === 1) return;
	RED.events.on('nodes:add', (node) => {
		if (node.type === type) migrateLoaded(node);
	});
}
