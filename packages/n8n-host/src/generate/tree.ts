import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { credentials, secretSets } from '@convoflow/credentials';
import { findCredential, type Service } from '@convoflow/kit';
import { format } from 'prettier';
import { credentialFile, secretsFile } from './credential-file';
import { HOUSE_FILES } from './house-files';
import { libraryPath, librarySource } from './library';
import { packageJson, readManifest } from './manifest';
import { credentialNames, nodeFile } from './node-file';
import { className, nodeName, type PackagePlan } from './packages';
import { outputSchemas } from './samples';
import { flatSchema } from './schema';
import { SharedCode } from './shared-code';
import { splitRuntime } from './split-runtime';
import { triggerFile } from './trigger-file';

/** Texts by path in the tree. */
type Files = Map<string, string>;

/** Sources of the credential classes that a package's nodes use, by class name. */
function credentialSources({ service, triggers, icon }: PackagePlan): Map<string, string> {
	const names = [...credentialNames(service), ...triggers.flatMap(({ trigger }) => trigger.credential ?? [])];
	const sets = triggers.flatMap(({ trigger }) => trigger.secrets ?? []);
	const sources = [...new Set(names)].map(
		(name) => [name, credentialFile(findCredential(credentials, name), icon)] as const,
	);
	const secrets = secretSets
		.filter(({ name }) => sets.includes(name))
		.map((set) => [set.name, secretsFile(set, icon)] as const);
	return new Map([...sources, ...secrets].sort().map(([name, source]) => [className(name), source]));
}

/** What n8n's node panel and search know of a node. */
function codex(plan: PackagePlan, nodeClass: string, docs: string, homepage: string): string {
	const { categories, aliases } = plan.service;
	const facts = {
		node: `${plan.name}.${nodeName(nodeClass)}`,
		nodeVersion: '1.0',
		codexVersion: '1.0',
		categories,
		alias: aliases,
		resources: {
			credentialDocumentation: [{ url: docs }],
			primaryDocumentation: [{ url: homepage }],
		},
	};
	return json(facts);
}

function json(value: unknown): string {
	return `${JSON.stringify(value, null, '\t')}\n`;
}

async function formatted(path: string, text: string): Promise<string> {
	return await format(text, {
		filepath: path,
		useTabs: true,
		singleQuote: true,
		trailingComma: 'all',
		printWidth: 100,
	});
}

/** Page that explains the credential of a node. */
function credentialDocs(service: Service, own: string | undefined): string {
	return findCredential(credentials, own ?? credentialNames(service)[0] ?? '').documentationUrl;
}

/**
 * Every file of a package's tree but its icons.
 * @param strict refuses an operation without a recorded output
 */
export async function treeFiles(root: string, plan: PackagePlan, strict: boolean): Promise<Files> {
	const manifest = await readManifest(root, plan.name);
	const shared = new SharedCode(root);
	const files: Files = new Map(HOUSE_FILES);
	const sources = credentialSources(plan);

	const schemas = await outputSchemas(root, plan.service, strict);
	const nodes = new Map([[plan.className, nodeFile(plan, schemas)]]);
	for (const trigger of plan.triggers) nodes.set(trigger.className, triggerFile(trigger, plan.icon));
	const classes = new Map([
		...[...nodes].flatMap(([name, source]) => {
			const { node, runtime } = splitRuntime(name, source);
			return [
				[`nodes/${name}/${name}.node.ts`, node],
				[`nodes/${name}/runtime.ts`, runtime],
			] as const;
		}),
		...[...sources].map(([name, source]) => [`credentials/${name}.credentials.ts`, source] as const),
	]);
	for (const [path, source] of classes) files.set(path, await formatted(path, shared.rewrite(path, source)));
	for (const [path, source] of shared.files) files.set(path, source);
	for (const [name, used] of shared.libraries)
		files.set(libraryPath(name), await librarySource(root, name, [...used]));

	for (const name of nodes.keys()) {
		const trigger = plan.triggers.find((one) => one.className === name)?.trigger;
		const docs = trigger?.secrets
			? secretSets.find((set) => set.name === trigger.secrets)?.documentationUrl
			: credentialDocs(plan.service, trigger?.credential);
		files.set(
			`nodes/${name}/${name}.node.json`,
			codex(plan, name, docs ?? manifest.homepage, manifest.homepage),
		);
	}
	for (const [path, schema] of schemas)
		files.set(`nodes/${plan.className}/__schema__/v1.0.0/${path}`, json(schema));
	// A node without resource and operation has one schema, in the place of their folder.
	for (const { trigger, className: name } of plan.triggers)
		files.set(
			`nodes/${name}/__schema__/v1.0.0.json`,
			json(flatSchema([trigger.sample, ...(trigger.moreSamples ?? [])], 'event')),
		);
	files.set('package.json', json(packageJson(manifest, [...nodes.keys()], [...sources.keys()])));
	const own = async (name: string): Promise<string> =>
		await readFile(join(root, 'packages', plan.name, name), 'utf8');
	for (const name of ['README.md', 'CHANGELOG.md']) files.set(name, await own(name));
	files.set('LICENSE', await readFile(join(root, 'LICENSE'), 'utf8'));
	return files;
}
