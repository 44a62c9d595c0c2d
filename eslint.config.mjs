import { join } from 'node:path';
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

/** What each layer may import of the project. Anything else of it is refused. */
const LAYERS = [
	{ files: 'packages/client/src/**/*.ts', may: [] },
	{ files: 'packages/kit/src/**/*.ts', may: ['client'] },
	{ files: 'nodes/**/*.ts', may: ['client', 'kit'] },
	{ files: 'credentials/**/*.ts', may: ['client', 'kit'] },
	{ files: 'packages/n8n-host/src/**/*.ts', may: ['client', 'kit', 'nodes', 'credentials'] },
	{ files: 'packages/node-red/src/**/*.ts', may: ['client', 'kit', 'nodes', 'credentials'] },
	{ files: 'packages/sandbox/src/**/*.ts', may: [] },
	{ files: 'packages/demo/src/**/*.ts', may: ['node-red-chatbots', 'sandbox'] },
];

/** Pure libraries that a host-free layer may use: they are bundled into what is published. */
const LIBRARIES = { 'nodes/**/*.ts': '|d3-(array|shape|time)$' };

const ONE_WAY =
	'Imports go one way: client, kit, nodes and credentials, hosts, demo. See docs/architecture.md.';
const PORTS = 'What differs by host comes in through the ports.';

/** Modules that a layer may not import. Where no host may show, everything but its own files is refused. */
function refusedModules(files, may) {
	const own = may.length > 0 ? `(?!(${may.join('|')})$)` : '';
	const layers = { regex: `^@convoflow/${own}`, message: ONE_WAY };
	const libraries = LIBRARIES[files] ?? '';
	return HOST_FREE.includes(files)
		? [layers, { regex: `^(?!\\.|@convoflow/${libraries})`, message: PORTS }]
		: [layers];
}

const layerRules = LAYERS.map(({ files, may }) => ({
	files: [files],
	rules: {
		'no-restricted-imports': ['error', { patterns: refusedModules(files, may) }],
		'import-x/no-relative-packages': 'error',
	},
}));

/** Ways past the imports at the top of a file, and clocks. */
const HOST_SYNTAX = [
	['ImportExpression', 'Import at the top of the file, where the layers can be checked.'],
	['TSImportEqualsDeclaration', 'Import at the top of the file, where the layers can be checked.'],
	['MemberExpression[object.name="Date"][property.name="now"]', PORTS],
	['NewExpression[callee.name="Date"][arguments.length=0]', PORTS],
	['CallExpression[callee.name="Date"]', PORTS],
].map(([selector, message]) => ({ selector, message }));

/** The project's own code, which is bundled into what is published, so that no manifest names it. */
const OWN = ['client', 'kit', 'nodes', 'credentials'].map((name) => `@convoflow/${name}`);

/** What a file may import beside its own package: what the manifest beside or above it declares. */
const dependencyRules = [
	{
		files: ['packages/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'],
		options: { devDependencies: false },
	},
	{
		files: ['packages/node-red/src/**/*.ts'],
		options: { devDependencies: false, whitelist: OWN },
	},
	// Generators run in this repository, with its tools.
	{
		files: ['packages/n8n-host/src/generate/**/*.ts', 'packages/node-red/src/build/**/*.ts'],
		options: { packageDir: [import.meta.dirname], whitelist: OWN },
	},
	// Tests draw with what the package for Node-RED draws with.
	{
		files: ['test/**/*.ts'],
		options: { packageDir: [import.meta.dirname, join(import.meta.dirname, 'packages/node-red')] },
	},
].map(({ files, options }) => ({
	files,
	rules: { 'import-x/no-extraneous-dependencies': ['error', options] },
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
			// As n8n's linter has it, which knows no exception for names with an underscore.
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
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
					'performance',
					'Buffer',
					'require',
					'module',
					'__dirname',
					'__filename',
				],
			],
			'no-restricted-syntax': ['error', ...HOST_SYNTAX],
		},
	},
	...layerRules,
	...dependencyRules,
	{
		files: ['packages/*/src/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'],
		rules: { 'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }] },
	},
	{
		files: ['**/*.{js,mjs,cjs}'],
		extends: [tseslint.configs.disableTypeChecked],
		rules: { '@typescript-eslint/no-require-imports': 'off', 'no-console': 'off' },
	},
	{ files: ['packages/sandbox/src/cli.ts', 'test/**/*.ts'], rules: { 'no-console': 'off' } },
	prettier,
);
