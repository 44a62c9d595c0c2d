/** The pages in the order of the menu. Pages of nodes and decisions come by themselves. */
export const navigation = [
	{
		title: 'Begin',
		pages: ['index', 'getting-started/n8n', 'getting-started/node-red', 'credentials', 'console'],
	},
	{
		title: 'Use',
		pages: ['templates', 'recipes', 'operations', 'options', 'moving-from-http-request'],
	},
	{
		title: 'Run',
		pages: [
			'handling-errors',
			'troubleshooting',
			'stream',
			'running-at-scale',
			'performance',
			'upgrading',
			'security',
		],
	},
	{
		title: 'Build',
		pages: [
			'architecture',
			'adding-an-operation',
			'adding-a-service',
			'contributing',
			'n8n-coverage',
			'releasing',
		],
	},
	{ title: 'Nodes', folder: 'nodes/' },
	{ title: 'Services', folder: 'reference/' },
	{ title: 'Decisions', folder: 'decisions/' },
];
