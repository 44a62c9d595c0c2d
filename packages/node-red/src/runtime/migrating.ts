import { migrate, MIGRATIONS, type Migrations } from '../model/migrations';
import type { NodeConfig, Red } from './red';

/** In place, since Node-RED hands over a copy which holds more than its keys tell: the flow, among others. */
function migrateInPlace(type: string, config: NodeConfig, migrations: Migrations): NodeConfig {
	const now = migrate(type, config, migrations);
	if (now === config) return config;
	for (const name of Object.keys(config)) if (!Object.hasOwn(now, name)) Reflect.deleteProperty(config, name);
	return Object.assign(config, now);
}

/** The API of Node-RED for a module whose nodes get their settings in the form of today. */
export function migrating(red: Red, migrations: Migrations = MIGRATIONS): Red {
	const registerType: Red['nodes']['registerType'] = (type, make, options) => {
		red.nodes.registerType(
			type,
			function (config) {
				make.call(this, migrateInPlace(type, config, migrations));
			},
			options,
		);
	};
	const nodes = Object.create(red.nodes, { registerType: { value: registerType } }) as Red['nodes'];
	return Object.create(red, { nodes: { value: nodes } }) as Red;
}
