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
];

const ALLOWED: Snippet[] = [
	{ file: 'packages/kit/src/lanes.ts', code: `import { aborted } from '@convoflow/client'; void aborted;` },
	{ file: 'nodes/index.ts', code: `import { Lanes } from '@convoflow/kit'; void Lanes;` },
	{
		file: 'packages/n8n-host/src/ports.ts',
		code: `import { services } from '@convoflow/nodes'; void services;`,
	},
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

	it.each(REFUSED.map(({ file, code }, index) => ({ file, code, index })))(
		'refuses in $file: $code',
		({ index }) => {
			expect(refused[index]).not.toEqual([]);
		},
	);

	it.each(ALLOWED.map(({ file, code }, index) => ({ file, code, index })))(
		'allows in $file: $code',
		({ index }) => {
			expect(allowed[index]).toEqual([]);
		},
	);
});
