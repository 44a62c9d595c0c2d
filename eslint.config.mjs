import prettier from 'eslint-config-prettier';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Shared code runs inside hosts that forbid clocks, processes and Node's own modules. */
const HOST_FREE = [
	'packages/client/src/**/*.ts',
	'packages/kit/src/**/*.ts',
	'nodes/**/*.ts',
	'credentials/**/*.ts',
];

/** What each layer may import of the others. Anything else of the project is refused. */
const LAYERS = [
	{ files: 'packages/client/src/**/*.ts', may: [] },
	{ files: 'packages/kit/src/**/*.ts', may: ['client'] },
	{ files: 'nodes/**/*.ts', may: ['client', 'kit'] },
	{ files: 'credentials/**/*.ts', may: ['client', 'kit'] },
	{ files: 'packages/n8n-host/src/**/*.ts', may: ['client', 'kit', 'nodes', 'credentials'] },
	{ files: 'packages/node-red/src/**/*.ts', may: ['client', 'kit', 'nodes', 'credentials'] },
	{ files: 'packages/sandbox/src/**/*.ts', may: [] },
];

const layerRules = LAYERS.map(({ files, may }) => ({
	files: [files],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{
						regex: `^@convoflow/(?!(${may.length > 0 ? may.join('|') : '-'})$)`,
						message:
							'Imports go one way: client, kit, nodes and credentials, hosts. See docs/architecture.md.',
					},
					...(HOST_FREE.includes(files)
						? [
								{
									regex: '^(node:|fs$|path$|http|https$|net$|crypto$|timers)',
									message: 'What differs by host comes in through the ports.',
								},
							]
						: []),
				],
			},
		],
		'import-x/no-relative-packages': 'error',
	},
}));

export default tseslint.config(
	{ ignores: ['**/dist/**', 'build/**', 'node_modules/**', 'packages/sandbox/src/console/**'] },
	...tseslint.configs.recommendedTypeChecked,
	{
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		plugins: { 'import-x': importX },
		settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js'] })] },
		rules: {
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/only-throw-error': 'off',
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'no-console': 'error',
		},
	},
	{
		files: HOST_FREE,
		rules: {
			'no-restricted-globals': [
				'error',
				...[
					'setTimeout',
					'setInterval',
					'setImmediate',
					'clearTimeout',
					'clearInterval',
					'process',
					'globalThis',
					'global',
					'fetch',
					'WebSocket',
				],
			],
		},
	},
	...layerRules,
	{
		files: ['**/*.{js,mjs,cjs}'],
		extends: [tseslint.configs.disableTypeChecked],
		rules: { '@typescript-eslint/no-require-imports': 'off', 'no-console': 'off' },
	},
	{ files: ['packages/sandbox/src/cli.ts', 'test/**/*.ts', 'demo/**/*.ts'], rules: { 'no-console': 'off' } },
	prettier,
);
