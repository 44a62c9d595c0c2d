/** Files of a tree that are the same in every package. */
import { TREE_TEST } from './tree-test';

const TSCONFIG = {
	compilerOptions: {
		strict: true,
		module: 'commonjs',
		moduleResolution: 'node',
		target: 'es2022',
		lib: ['es2023'],
		types: ['node'],
		removeComments: true,
		forceConsistentCasingInFileNames: true,
		noImplicitReturns: true,
		noUnusedLocals: true,
		exactOptionalPropertyTypes: true,
		noUncheckedIndexedAccess: true,
		esModuleInterop: true,
		resolveJsonModule: true,
		// The libraries in shared/libraries.
		allowJs: true,
		// Build information would land in the package, with paths of this machine.
		incremental: false,
		declaration: true,
		sourceMap: true,
		skipLibCheck: true,
		outDir: './dist/',
	},
	include: ['credentials/**/*', 'nodes/**/*', 'nodes/**/*.json', 'package.json'],
};

// Strict mode wants exactly this.
const ESLINT = `import { config } from '@n8n/node-cli/eslint';

export default config;
`;

const PRETTIER = `module.exports = {
	semi: true,
	trailingComma: 'all',
	useTabs: true,
	tabWidth: 2,
	singleQuote: true,
	endOfLine: 'lf',
	printWidth: 100,
};
`;

const CI = `name: CI

on:
  pull_request:
  push:
    branches:
      - main

concurrency:
  group: ci-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: '24'
      - run: npm install --ignore-scripts
      - run: npm run lint
      - run: npm run build
      - run: npm test
`;

const PUBLISH = `# Publishes to npm with provenance on every version tag, as n8n asks of verified packages.
name: Publish

on:
  push:
    tags:
      - '*.*.*'

jobs:
  publish:
    runs-on: ubuntu-latest
    permissions:
      # Needed for the provenance statement of npm.
      id-token: write
      contents: read
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: '24'
      - run: npm install --ignore-scripts
      # Trusted publishing: the npm package names this repository and this file as its publisher.
      - run: npm run release
`;

/** Texts by path in the tree. */
export const HOUSE_FILES: ReadonlyMap<string, string> = new Map([
	['tsconfig.json', `${JSON.stringify(TSCONFIG, null, '\t')}\n`],
	['eslint.config.mjs', ESLINT],
	['.prettierrc.js', PRETTIER],
	['.gitignore', 'dist\nnode_modules\n'],
	['test/package.test.mjs', TREE_TEST],
	['.github/workflows/ci.yml', CI],
	['.github/workflows/publish.yml', PUBLISH],
]);
