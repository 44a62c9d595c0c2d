import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formFields, type FieldMap } from '@convoflow/kit';
import { withDashboard } from '../../packages/demo/src/node-red/dashboard';
import { demoFlow } from '../../packages/demo/src/node-red/flow';
import { demoWorkflows } from '../../packages/demo/src/n8n/workflows';
import { nodeName, PACKAGES } from '../../packages/n8n-host/src/generate/packages';
import { actionNodes } from '../../packages/node-red/src';
import { catalogueEntry } from '../node-red/catalogue-entry';
import { PLACES } from '../n8n/places';

const root = join(__dirname, '../..');

/** Where the digests are kept, by picture. */
export const DIGESTS = 'docs/pictures/digests.json';

/** Pictures that are taken from the running software and kept. */
export function keptPictures(): string[] {
	return globSync(['docs/pictures/*.png', 'packages/n8n-nodes-*/pictures/*.png'], { cwd: root }).sort();
}

/** Version of a package that a manifest names. */
function version(manifest: string, name: string): string {
	const { dependencies = {}, devDependencies = {} } = JSON.parse(
		readFileSync(join(root, manifest), 'utf8'),
	) as Readonly<Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>> | undefined>>;
	const found = dependencies[name] ?? devDependencies[name];
	if (found === undefined) throw new TypeError(`${manifest} does not name ${name}`);
	return `${name} ${found}`;
}

const NODE_RED = version('package.json', 'node-red');
const N8N = version('packages/demo/n8n-server/package.json', 'n8n');
const DASHBOARD = version('packages/demo/node-red-dashboard/package.json', '@flowfuse/node-red-dashboard');

/** The flow of the demo as if its services stood at a fixed address. */
function flow(): ReturnType<typeof demoFlow> {
	const everywhere = new Proxy({}, { get: (_target, name) => String(name) });
	return demoFlow({ url: 'http://sandbox', baseUrls: everywhere, keys: everywhere } as Parameters<
		typeof demoFlow
	>[0]);
}

/** The workflows of the demo, without what is made anew each time. */
function workflows(): unknown {
	const ids = new Proxy({}, { get: (_target, name) => String(name) });
	const all = demoWorkflows(ids as Parameters<typeof demoWorkflows>[0], 'webhook');
	return JSON.parse(JSON.stringify(all).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id'));
}

/** The form of a node of Node-RED, operation by operation. */
function nodeRedForm(type: string): FieldMap[] {
	return actionNodes.find((node) => node.type === type)?.operations.map(({ fields }) => fields) ?? [];
}

/** The form that a picture beside a README shows: the one with which the node opens, or that of the trigger. */
function n8nForm(packageName: string, node: string): FieldMap {
	const place = PLACES.find(
		({ tree, nodeType, service, resource, operation }) =>
			tree === packageName &&
			nodeType === node &&
			resource.name === service.main &&
			operation.name === resource.main,
	);
	if (place) return formFields(place.operation);
	const plan = PACKAGES.find(({ name }) => name === packageName);
	const trigger = plan?.triggers.find(({ className }) => nodeName(className) === node)?.trigger;
	return { ...trigger?.fields, ...trigger?.optional };
}

/** The text of a workflow template, by the name of its file. */
function templateOf(name: string): string {
	const [file] = globSync(`packages/n8n-nodes-*/templates/${name}.json`, { cwd: root });
	if (file === undefined) throw new TypeError(`There is no template ${name}`);
	return readFileSync(join(root, file), 'utf8');
}

/** What a picture shows: the flow, the definitions of the forms in it, and the version of the host. */
function shownBy(picture: string): unknown {
	const name = basename(picture, '.png');
	const [, packageName = ''] = /^packages\/([^/]+)\//.exec(picture) ?? [];
	if (packageName !== '') return [N8N, n8nForm(packageName, name.split('.')[0] ?? '')];
	if (name === 'node-red-dashboard') return [NODE_RED, DASHBOARD, withDashboard(flow())];
	if (name === 'node-red-install') return [NODE_RED, catalogueEntry()];
	if (name.startsWith('node-red-')) return [NODE_RED, flow(), nodeRedForm('flowai-message')];
	if (name.startsWith('n8n-template-')) return [N8N, templateOf(name.slice('n8n-template-'.length))];
	if (name === 'n8n-install') return [N8N];
	if (name === 'n8n-run-flow-xo') return [N8N, workflows(), n8nForm('n8n-nodes-flowxo', 'flowXo')];
	if (name === 'n8n-run-chatlayer') return [N8N, workflows(), n8nForm('n8n-nodes-chatlayer', 'chatlayer')];
	if (name.startsWith('n8n-')) return [N8N, workflows(), n8nForm('n8n-nodes-flowai', 'flowAi')];
	if (name.startsWith('console-')) {
		const files = globSync('packages/sandbox/src/console/*', { cwd: root }).sort();
		return files.map((file) => readFileSync(join(root, file), 'utf8'));
	}
	throw new TypeError(`Nothing says what ${picture} shows: add it to test/pictures/digests.ts`);
}

/** The digest of what a picture shows; another one means that it has to be taken again. */
export function digestOf(picture: string): string {
	return createHash('sha256')
		.update(JSON.stringify(shownBy(picture)))
		.digest('hex')
		.slice(0, 16);
}

/** The digests of today, by picture. */
export function digestsOfToday(): Record<string, string> {
	return Object.fromEntries(keptPictures().map((picture) => [picture, digestOf(picture)]));
}

/** The digests that were stored when the pictures were taken. */
export function storedDigests(): Record<string, string> {
	return JSON.parse(readFileSync(join(root, DIGESTS), 'utf8')) as Record<string, string>;
}
