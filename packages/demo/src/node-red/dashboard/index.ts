import { NODES } from '../flow-ids';
import type { Node } from '../flow-parts';
import { chartNodes } from './chart';
import { pageNodes, TAB } from './page';
import { talkNodes } from './talk';

/** Path of the dashboard, below Node-RED's root for nodes. */
export const DASHBOARD_PATH = '/dashboard/conversation';

/** What the nodes of the demo's own tab tell the dashboard beside what they do there. */
const ALSO: Readonly<Record<string, string>> = {
	'demo-webhook': 'demo-remember',
	'demo-is-paused': 'demo-remember',
	'demo-is-active': 'demo-remember',
	[NODES.send]: 'demo-ui-said',
	[NODES.askForHuman]: 'demo-ui-said',
};

/** The demo's flow with a page on which its conversations are watched and led. */
export function withDashboard(flow: readonly Node[]): Node[] {
	const wired = flow.map((node) => {
		const also = ALSO[node.id];
		const wires = node['wires'] as string[][] | undefined;
		if (also === undefined || !wires) return node;
		const events = node['events'] as string[] | undefined;
		return {
			...node,
			...(events ? { events: [...events, 'paused', 'resumed'] } : {}),
			wires: [[...(wires[0] ?? []), also], ...wires.slice(1)],
		};
	});
	return [
		...wired,
		{ id: TAB, type: 'tab', label: 'Dashboard', info: `The page is at ${DASHBOARD_PATH}.` },
		...pageNodes(),
		...talkNodes(),
		...chartNodes(),
	];
}
