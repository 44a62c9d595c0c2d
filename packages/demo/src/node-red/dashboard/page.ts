import type { Node } from '../flow-parts';

/** Tab of the nodes that stand behind the page. */
export const TAB = 'demo-dashboard-flow';
const BASE = 'demo-dashboard';
const THEME = 'demo-theme';
const PAGE = 'demo-page';
/** What stands together on the page. */
export const GROUPS = { talk: 'demo-group-talk', act: 'demo-group-act', count: 'demo-group-count' } as const;

/** A node at a place of the tab. */
export function place(column: number, row: number, node: Node, ...wires: string[][]): Node {
	return { z: TAB, x: 160 + column * 230, y: 80 + row * 60, wires, ...node };
}

function group(id: string, name: string, width: number, order: number): Node {
	return {
		id,
		type: 'ui-group',
		name,
		page: PAGE,
		width: String(width),
		height: '1',
		order,
		showTitle: true,
		className: '',
		visible: 'true',
		disabled: 'false',
		groupType: 'default',
	};
}

/** Where things stand on the page. */
export function pageNodes(): Node[] {
	return [
		{
			id: BASE,
			type: 'ui-base',
			name: 'Convoflow',
			path: '/dashboard',
			includeClientData: true,
			acceptsClientConfig: ['ui-notification', 'ui-control'],
			showPathInSidebar: false,
			showPageTitle: true,
			navigationStyle: 'none',
			titleBarStyle: 'default',
		},
		{
			id: THEME,
			type: 'ui-theme',
			name: 'Quiet',
			colors: {
				surface: '#ffffff',
				primary: '#4f7a5b',
				bgPage: '#eef1ee',
				groupBg: '#ffffff',
				groupOutline: '#c9d2cb',
			},
			sizes: {
				density: 'default',
				pagePadding: '12px',
				groupGap: '12px',
				groupBorderRadius: '6px',
				widgetGap: '12px',
			},
		},
		{
			id: PAGE,
			type: 'ui-page',
			name: 'Conversation',
			ui: BASE,
			path: '/conversation',
			icon: 'chat',
			layout: 'grid',
			theme: THEME,
			breakpoints: [
				{ name: 'Default', px: '0', cols: '3' },
				{ name: 'Tablet', px: '576', cols: '6' },
				{ name: 'Desktop', px: '1024', cols: '12' },
			],
			order: 1,
			className: '',
			visible: 'true',
			disabled: 'false',
		},
		group(GROUPS.talk, 'Conversations, live', 6, 1),
		group(GROUPS.count, 'Conversations a day by channel', 6, 2),
		group(GROUPS.act, 'What to do', 6, 3),
	];
}
