/**
 * The test that a tree brings along: what a clone of the mirror can say about itself without the workshop it was
 * made in. It is plain JavaScript, since n8n's linter holds every TypeScript file to the rules of nodes.
 */
export const TREE_TEST = `import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const manifest = require('../package.json');

/** Resource, operation and what it does, as the README's table has them, links as their words. */
const described = readFileSync(join(root, 'README.md'), 'utf8')
	.split('\\n')
	.map((line) => line.split(' | ').map((cell) => cell.replace(/^\\[(.*)\\][(].*[)]$/, '$1')));

/** A registered class: its path, its name and one of it. */
function load(path) {
	const [[className, Class]] = Object.entries(require(join(root, path)));
	return { path, className, one: new Class() };
}

const nodes = manifest.n8n.nodes.map(load);
const credentials = manifest.n8n.credentials.map(load);

for (const { path, className, one } of [...nodes, ...credentials]) {
	describe(className, () => {
		const icon = one.icon ?? one.description.icon;

		it('is in the file of its name', () => {
			assert.match(path, new RegExp('/' + className + '[.](node|credentials)[.]js$'));
		});

		it('brings the icons that it names', () => {
			for (const file of [icon.light, icon.dark])
				assert.ok(existsSync(join(root, dirname(path), file.replace('file:', ''))), file);
		});
	});
}

for (const { path, className, one } of nodes) {
	const { description } = one;
	const named = (name) => description.properties.filter((property) => property.name === name);
	const schemas = join(root, dirname(path), '__schema__', 'v1.0.0');

	describe(className + ', its form', () => {
		it('uses credentials of this package only', () => {
			const own = credentials.map((credential) => credential.one.name);
			for (const { name } of description.credentials ?? []) assert.ok(own.includes(name), name);
		});

		for (const property of named('operation')) {
			const [resource] = property.displayOptions.show.resource;
			for (const operation of property.options) {
				it(resource + ': ' + operation.name + ' is described in the README, with an action and fields', () => {
					assert.ok(operation.action);
					// The form adds whether it is safe to repeat, for which the table has a column.
					const rows = described.filter(([, name]) => name === operation.name);
					assert.ok(rows.some(([, , does]) => operation.description.startsWith(does)));
				});

				const schema = join(schemas, resource, operation.value + '.json');
				if (existsSync(schema))
					it(resource + ': ' + operation.name + ' has an output schema', () => {
						const { type, properties } = JSON.parse(readFileSync(schema, 'utf8'));
						assert.equal(type, 'object');
						assert.ok(Object.keys(properties).length > 0);
					});
			}
		}
	});
}

for (const { className, one } of credentials.filter((credential) => credential.one.authenticate)) {
	const required = one.properties.filter((property) => property.required && property.default === '');
	if (required.length === 0) continue;

	describe(className, () => {
		it('refuses to sign without what it needs, and names it', async () => {
			const sign = async () => await one.authenticate({}, { url: 'https://example.com', headers: {} });
			await assert.rejects(sign, (error) =>
				required.some((property) => error.message.includes(property.displayName)),
			);
		});
	});
}
`;
