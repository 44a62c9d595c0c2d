import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { credentials, secretSets } from '@convoflow/credentials';
import { operationsPage } from './operations-page';
import { operationsTable } from './operations-table';

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The fragment that GitHub gives a heading. */
function anchor(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w\- ]/g, '')
		.replaceAll(' ', '-');
}

function anchorsOf(file: string): string[] {
	return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchor(heading));
}

describe('the documentation', () => {
	it.each([...credentials, ...secretSets].map(({ name, documentationUrl }) => ({ name, documentationUrl })))(
		'has the section that $name leads to',
		({ documentationUrl }) => {
			const [, file = '', fragment = ''] = /\/blob\/main\/(.+)#(.+)$/.exec(documentationUrl) ?? [];
			expect(anchorsOf(file)).toContain(fragment);
		},
	);

	it.each(['README.md', 'docs/architecture.md', 'docs/adding-an-operation.md', 'packages/sandbox/README.md'])(
		'%s links to files that exist',
		(file) => {
			const targets = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
			const missing = targets.filter((target) => !existsSync(join(root, dirname(file), target)));
			expect(missing).toEqual([]);
		},
	);

	it('has today’s operations on their page (npm run samples writes it)', () => {
		expect(read('docs/operations.md')).toBe(operationsPage());
	});

	it('has today’s operations in the README’s table (npm run samples writes it)', () => {
		expect(read('README.md')).toContain(`-->\n\n${operationsTable()}\n\n<!-- /operations -->`);
	});
});
