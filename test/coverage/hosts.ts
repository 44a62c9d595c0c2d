import { homeKey, type Definitions } from './homes';
import type { Home } from './seed-list';

/** The programs that people build workflows in. */
export const HOSTS = ['n8n', 'Node-RED'] as const;
export type Host = (typeof HOSTS)[number];

/**
 * Whether a host shows a definition. Each host renders every operation and credential that the definitions
 * export, so these are the truth for both. Whether a host has its adapter for a trigger is not looked at here.
 */
export function isInHost(_host: Host, home: Home, definitions: Definitions): boolean {
	return definitions.has(homeKey(home));
}
