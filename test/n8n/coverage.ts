import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PACKAGES, nodeName } from '../../packages/n8n-host/src/generate/packages';
import { picturePath } from '../e2e/n8n-picture-path';
import { operationSchema, triggerSchema } from './output-schemas';
import { PLACES } from './places';

const ROOT = resolve(__dirname, '../..');
const BUILD = join(ROOT, 'build');

/** The page that shows it. */
export const COVERAGE_PAGE = join(ROOT, 'docs', 'n8n-coverage.md');

/** What there is of an operation or a trigger; false is a gap. */
export interface Covered {
	readonly node: string;
	readonly name: string;
	readonly schema: string | false;
	readonly examples: string | false;
	readonly picture: boolean;
	readonly engine: boolean;
	readonly server: boolean;
}

/** What a table of it shows, beside node and name. */
export const COLUMNS = ['schema', 'examples', 'picture', 'engine', 'server'] as const;

const INTRO = `<!-- npm run coverage:n8n writes this page -->

# What there is of every operation in n8n

| column | meaning |
| --- | --- |
| schema | members of the output schema that the package brings along; *free form* where the answer is whatever the service says |
| examples | inputs in the definition, by which documentation, samples and tests are made |
| picture | the form was opened in n8n's editor and pictured by \`npm run pictures:n8n\`; those of the nodes are in the packages' READMEs |
| engine | put something out in n8n's engine (\`npm test\`), and it was as the schema says |
| server | put something out in a real n8n (\`npm run test:e2e\`), and it was as the schema says |

An output schema stands for one form of the output, since n8n finds it by resource and operation only, and not by other
fields. It describes what a new node puts out: simplified, or in rows. n8n shows it until the node has run, and from
then on what the run put out. So where someone switches Simplify off, or chooses another Output, n8n's preview is that
of the usual form until the first run; and what comes out then is whatever the service says, which is compared with no
schema here. Everything else that comes out is, in the engine and in the real server, and a member without a name in the
schema or of another type fails the run. What failed is left out, as an error has members of its own.
`;

function ledger(name: string): ReadonlySet<string> {
	const file = join(BUILD, 'ledger', `${name}.txt`);
	return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
}

function fieldsOf(schema: { readonly properties?: object } | undefined): string | false {
	return schema ? `${Object.keys(schema.properties ?? {}).length} fields` : false;
}

/** Every operation and trigger with what the build, the pictures and the last runs have of it. */
export function coverage(): Covered[] {
	const [engine, server] = [ledger('engine'), ledger('server')];
	const pictured = (node: string, name?: string): boolean => existsSync(picturePath(BUILD, node, name));
	const operations = PLACES.map(({ tree, nodeType, resource, operation }): Covered => {
		const name = `${resource.name} ${operation.name}`;
		const schema = operationSchema(join(BUILD, 'n8n', tree), nodeType, resource.name, operation.name);
		const key = `${nodeType} ${name}`;
		return {
			node: nodeType,
			name: `${resource.displayName}: ${operation.displayName}`,
			schema: fieldsOf(schema) || (operation.isFreeForm === true && 'free form'),
			examples: operation.examples.length > 0 && String(operation.examples.length),
			picture: pictured(nodeType, name),
			engine: engine.has(key),
			server: server.has(key),
		};
	});
	const triggers = PACKAGES.flatMap(({ name: tree, triggers: plans }) =>
		plans.map(({ trigger, className }): Covered => {
			const node = nodeName(className);
			return {
				node,
				name: trigger.displayName,
				schema: fieldsOf(triggerSchema(join(BUILD, 'n8n', tree), node)),
				examples: Object.keys(trigger.sample).length > 0 && String(1 + (trigger.moreSamples?.length ?? 0)),
				picture: pictured(node),
				engine: engine.has(node),
				server: server.has(node),
			};
		}),
	);
	return [...operations, ...triggers];
}

/** The same with what the page tells of earlier runs, so that a new row does not need all of them again. */
export function withEarlierRuns(all: readonly Covered[], page: string): Covered[] {
	const cells = page.split('\n').map((line) => line.slice(2, -2).split(' | '));
	const earlier = new Map(cells.map(([node, name, , , ...runs]) => [`${node} ${name}`, runs]));
	return all.map((row) => {
		const [picture, engine, server] = earlier.get(`${row.node} ${row.name}`) ?? [];
		return {
			...row,
			picture: row.picture || picture === 'yes',
			engine: row.engine || engine === 'yes',
			server: row.server || server === 'yes',
		};
	});
}

/** What is missing, in words. */
export function gapsOf(all: readonly Covered[], columns: readonly (typeof COLUMNS)[number][]): string[] {
	return all.flatMap((row) =>
		columns.filter((one) => row[one] === false).map((one) => `${row.node} ${row.name}: ${one}`),
	);
}

function cell(value: string | boolean): string {
	return value === false ? '**missing**' : value === true ? 'yes' : value;
}

/** The page about all of it. */
export function coveragePage(all: readonly Covered[]): string {
	const triggers = all.filter(({ node }) => node.endsWith('Trigger')).length;
	const gaps = gapsOf(all, COLUMNS).length;
	const rows = all.map((row) => [row.node, row.name, ...COLUMNS.map((one) => cell(row[one]))]);
	const head = ['node', 'operation or trigger', ...COLUMNS];
	const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	return `${INTRO}\n${all.length - triggers} operations, ${triggers} triggers, ${gaps} gaps.\n\n${table}\n`;
}
