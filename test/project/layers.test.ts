import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

interface Snippet {
	file: string;
	code: string;
}

const REFUSED: Snippet[] = [
	{ file: 'packages/client/src/json.ts', code: `import { Lanes } from '@convoflow/kit'; void Lanes;` },
	{ file: 'packages/client/src/json.ts', code: `import { readFileSync } from 'node:fs'; void readFileSync;` },
	{ file: 'packages/client/src/json.ts', code: `setTimeout(() => undefined, 1);` },
	{ file: 'packages/kit/src/lanes.ts', code: `import { services } from '@convoflow/nodes'; void services;` },
	{
		file: 'packages/kit/src/lanes.ts',
		code: `import { FlowAiClient } from '../../client/src'; void FlowAiClient;`,
	},
	{ file: 'nodes/index.ts', code: `import { credentials } from '@convoflow/credentials'; void credentials;` },
	{ file: 'credentials/index.ts', code: `import { services } from '@convoflow/nodes'; void services;` },
	{
		file: 'packages/sandbox/src/index.ts',
		code: `import { FlowAiClient } from '@convoflow/client'; void FlowAiClient;`,
	},
	{
		file: 'packages/n8n-host/src/ports.ts',
		code: `import * as host from '@convoflow/node-red-chatbots'; void host;`,
	},
	{ file: 'packages/node-red/src/index.ts', code: `import * as host from '@convoflow/n8n-host'; void host;` },
	...['@convoflow/client', '@convoflow/kit', '@convoflow/nodes', '@convoflow/n8n-host'].map((name) => ({
		file: 'packages/demo/src/steps.ts',
		code: `import * as own from '${name}'; void own;`,
	})),
];

/** Ways to a clock, a process or a module of the host. */
const HOST_ONLY = [
	...['undici', 'ws', 'dns', 'child_process', 'fs/promises', 'n8n-workflow'].map(
		(name) => `import * as host from '${name}'; void host;`,
	),
	`import type { Dispatcher } from 'undici'; export type D = Dispatcher;`,
	`export { WebSocket } from 'ws';`,
	`export const load = async () => await import('@convoflow/kit');`,
	`export const load = async () => await import('undici');`,
	`const kit = require('@convoflow/kit'); void kit;`,
	`import kit = require('@convoflow/kit'); void kit;`,
	`export const started = Date.now();`,
	`export const clock = Date.now;`,
	`export const started = new Date();`,
	`export const started = Date();`,
	`export const started = performance.now();`,
	`export const bytes = Buffer.from('x');`,
	`export const platform = process.platform;`,
	`export const folder = __dirname;`,
];
for (const file of [
	'packages/client/src/json.ts',
	'packages/kit/src/lanes.ts',
	'nodes/index.ts',
	'credentials/index.ts',
])
	REFUSED.push(...HOST_ONLY.map((code) => ({ file, code })));

/** What the manifest beside a file does not declare. */
const UNDECLARED: Snippet[] = [
	{ file: 'packages/sandbox/src/index.ts', code: `import { Agent } from 'undici'; void Agent;` },
	{ file: 'packages/n8n-host/src/ports.ts', code: `import { WebSocket } from 'ws'; void WebSocket;` },
	{ file: 'packages/n8n-host/src/ports.ts', code: `import { format } from 'prettier'; void format;` },
	{ file: 'packages/node-red/src/ports/host.ts', code: `import { build } from 'esbuild'; void build;` },
	{ file: 'packages/demo/src/steps.ts', code: `import { Agent } from 'undici'; void Agent;` },
	{ file: 'test/project/lock.test.ts', code: `import lodash from 'lodash'; void lodash;` },
];
REFUSED.push(...UNDECLARED);

/** A file that is longer than the longest allowed by one line. */
const LONG = 'export {};\n'.repeat(251);
for (const file of [
	'packages/client/src/json.ts',
	'nodes/index.ts',
	'credentials/index.ts',
	'packages/demo/src/steps.ts',
])
	REFUSED.push({ file, code: LONG });

const ALLOWED: Snippet[] = [
	{ file: 'packages/kit/src/lanes.ts', code: `import { aborted } from '@convoflow/client'; void aborted;` },
	{ file: 'nodes/index.ts', code: `import { Lanes } from '@convoflow/kit'; void Lanes;` },
	{
		file: 'packages/n8n-host/src/ports.ts',
		code: `import { services } from '@convoflow/nodes'; void services;`,
	},
	{ file: 'packages/n8n-host/src/ports.ts', code: `import { sleep } from 'n8n-workflow'; void sleep;` },
	{
		file: 'packages/n8n-host/src/generate/tree.ts',
		code: `import { format } from 'prettier'; void format;`,
	},
	{ file: 'packages/client/src/json.ts', code: `import { aborted } from './errors'; void aborted;` },
	{ file: 'packages/client/src/json.ts', code: `export const day = new Date(0).toISOString();` },
	{ file: 'packages/client/src/json.ts', code: 'export {};\n'.repeat(250) },
	{ file: 'packages/node-red/src/ports/host.ts', code: `import { Agent } from 'undici'; void Agent;` },
	{
		file: 'packages/node-red/src/ports/host.ts',
		code: `import { credentials } from '@convoflow/credentials'; void credentials;`,
	},
	{
		file: 'packages/demo/src/steps.ts',
		code: `import { startSandbox } from '@convoflow/sandbox'; void startSandbox;`,
	},
	{ file: 'test/project/lock.test.ts', code: `import fc from 'fast-check'; void fc;` },
];

function lint(snippets: Snippet[]): string[][] {
	const output = execFileSync(process.execPath, [join(__dirname, 'lint-snippets.mjs')], {
		input: JSON.stringify(snippets),
		encoding: 'utf8',
	});
	return JSON.parse(output) as string[][];
}

describe('imports go one way: client, kit, nodes and credentials, hosts', () => {
	const refused = lint(REFUSED);
	const allowed = lint(ALLOWED);

	it.each(REFUSED.map(({ file, code }, index) => ({ file, code: code.split('\n')[0], index })))(
		'refuses in $file: $code',
		({ index }) => {
			expect(refused[index]).not.toEqual([]);
			// A snippet that cannot be read is refused as well, but by no rule.
			for (const rule of refused[index] ?? []) expect(rule).toMatch(/^(import-x\/)?[a-z-]+$/);
		},
	);

	it.each(ALLOWED.map(({ file, code }, index) => ({ file, code: code.split('\n')[0], index })))(
		'allows in $file: $code',
		({ index }) => {
			expect(allowed[index]).toEqual([]);
		},
	);
});
