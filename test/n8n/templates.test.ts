import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templates, workflowFile } from '../../packages/n8n-host/src/templates';
import { automations } from '../../packages/node-red/src/build/examples';

const ROOT = join(__dirname, '../..');
const PACKAGES = ['n8n-nodes-flowai', 'n8n-nodes-flowxo', 'n8n-nodes-chatlayer'];
const NOTE = 'n8n-nodes-base.stickyNote';

describe('the templates', () => {
	it('tell the stories that Node-RED’s automations tell', () => {
		const names = (of: ReadonlyArray<{ readonly name: string }>): string[] =>
			of.map(({ name }) => name).sort();
		expect(names(templates())).toEqual(names(automations()));
	});

	it('are in the packages as they were built', () => {
		const files = PACKAGES.flatMap((name) =>
			readdirSync(join(ROOT, 'packages', name, 'templates')).map((file) => `${name}/${file}`),
		);
		expect(files.sort()).toEqual(
			templates()
				.map(({ packageName, file }) => `${packageName}/${file}.json`)
				.sort(),
		);
		for (const template of templates()) {
			const path = join(ROOT, 'packages', template.packageName, 'templates', `${template.file}.json`);
			expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(workflowFile(template)));
		}
	});

	describe.each(templates().map((template) => [template.name, template] as const))(
		'%s',
		(_name, template) => {
			const notes = template.nodes.filter(({ type }) => type === NOTE);
			const text = notes.map(({ parameters }) => parameters['content'] as string).join('\n');

			it('says what it does and what to fill in', () => {
				expect(notes.length).toBeGreaterThanOrEqual(4);
				for (const step of ['## ', '**1.**', '**2.**', '**If something fails**'])
					expect(text).toContain(step);
			});

			it('has a way for what failed', () => {
				const [trigger] = template.nodes.filter(({ type }) => type === 'n8n-nodes-base.errorTrigger');
				expect(template.connections[trigger?.name ?? '']?.['main']?.[0]).toHaveLength(1);
			});

			// n8n keeps them in columns of 36 characters; SQLite takes longer ones, PostgreSQL does not.
			it('has IDs that every database of n8n takes', () => {
				const ids = template.nodes.map(({ id }) => id);
				expect(ids.filter((id) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))).toEqual([]);
				expect(new Set(ids).size).toBe(ids.length);
			});

			it('leads only to nodes that are there, each with a place of its own', () => {
				const names = template.nodes.map(({ name }) => name);
				const led = Object.values(template.connections).flatMap((ways) =>
					Object.values(ways).flatMap((outputs) => outputs.flatMap((wires) => wires ?? [])),
				);
				expect(led.map(({ node }) => node).filter((node) => !names.includes(node))).toEqual([]);
				expect(Object.keys(template.connections).filter((name) => !names.includes(name))).toEqual([]);
				expect(new Set(names).size).toBe(names.length);
				const places = template.nodes
					.filter(({ type }) => type !== NOTE)
					.map(({ position }) => position.join());
				expect(new Set(places).size).toBe(places.length);
			});
		},
	);
});
