import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { flowXo } from '@convoflow/nodes';
import { outputSchemas } from '../../packages/n8n-host/src/generate/samples';
import { outputSchema } from '../../packages/n8n-host/src/generate/schema';
import { SharedCode } from '../../packages/n8n-host/src/generate/shared-code';
import { loadTree } from './tree';

const ROOT = resolve(__dirname, '../..');

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'generate-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
	const manifest = { 'nodes/package.json': '{ "dependencies": {} }' };
	for (const [path, text] of Object.entries({ ...manifest, ...files })) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), text);
	}
}

describe('the shared code of a tree', () => {
	it('holds what is reached and nothing else, imported from where it is defined', async () => {
		await write({
			'packages/client/src/index.ts': "export * from './a';\nexport { b as renamed, type B } from './b';\n",
			'packages/client/src/a.ts': "import { helper } from './helper';\nexport const a = helper;\n",
			'packages/client/src/helper.ts': 'export const helper = 1;\n',
			'packages/client/src/b.ts': 'export const b = 2;\nexport interface B { x: 1 }\n',
			'packages/kit/src/index.ts':
				"import { own } from './own';\nexport { own };\nexport * from './unused';\n",
			'packages/kit/src/own.ts':
				"import type { B } from '@convoflow/client';\nexport const own: B = { x: 1 };\n",
			'packages/kit/src/unused.ts': 'export const unused = 1;\n',
		});
		const shared = new SharedCode(folder);
		const text = shared.rewrite(
			'nodes/X/X.node.ts',
			"import { own } from '@convoflow/kit';\nimport { a, renamed } from '@convoflow/client';\nimport x from 'n8n-workflow';\n",
		);
		expect(text).toBe(
			[
				"import { own } from '../../shared/kit/own';",
				"import { a } from '../../shared/client/a';",
				"import { b as renamed } from '../../shared/client/b';",
				"import x from 'n8n-workflow';",
				'',
			].join('\n'),
		);
		expect([...shared.files.keys()].sort()).toEqual([
			'shared/client/a.ts',
			'shared/client/b.ts',
			'shared/client/helper.ts',
			'shared/kit/own.ts',
		]);
		expect(shared.files.get('shared/kit/own.ts')).toContain("import type { B } from '../client/b';");
	});

	it('names an import that nothing exports', async () => {
		await write({ 'packages/kit/src/index.ts': 'export const known = 1;\n' });
		const rewrite = (): string =>
			new SharedCode(folder).rewrite('x.ts', "import { missing } from '@convoflow/kit';\n");
		expect(rewrite).toThrow('@convoflow/kit exports no missing');
	});

	it('holds no code of another service and no import of the workspace', async () => {
		const { dir } = await loadTree('n8n-nodes-flowxo');
		const files = readdirSync(join(dir, 'shared'), { recursive: true, encoding: 'utf8' });
		const others = files.filter((file) => /flowai|flow-ai|chatlayer|stream|index\.ts$/.test(file));
		expect(others.filter((file) => !/^nodes.flowxo.(\w+.)?index\.ts$/.test(file))).toEqual([]);
		for (const file of files.filter((one) => one.endsWith('.ts'))) {
			expect(readFileSync(join(dir, 'shared', file), 'utf8')).not.toContain("from '@convoflow/");
		}
	});
});

describe('output schemas', () => {
	it('are drawn from every recorded row', () => {
		expect(
			outputSchema([
				{ id: 1, name: null, tags: ['a'] },
				{ id: 1.5, name: 'x', more: { deep: true } },
			]),
		).toEqual({
			type: 'object',
			version: 1,
			properties: {
				id: { type: 'number' },
				name: { type: ['null', 'string'] },
				tags: { type: 'array', items: { type: 'string' } },
				more: { type: 'object', properties: { deep: { type: 'boolean' } } },
			},
		});
	});

	it('name each operation whose output was not recorded, unless told not to', async () => {
		await expect(outputSchemas(folder, flowXo, true)).rejects.toThrow(
			/nodes\/flowxo\/conversation\/get-many\.sample\.json.*npm run samples/,
		);
		await expect(outputSchemas(folder, flowXo, false)).resolves.toEqual(new Map());
		await expect(outputSchemas(ROOT, flowXo, true)).resolves.toHaveProperty(
			'size',
			flowXo.resources.flatMap(({ operations }) => operations.filter((one) => !one.isFreeForm)).length,
		);
	});
});
