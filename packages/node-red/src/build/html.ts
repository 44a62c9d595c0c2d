import esbuild from 'esbuild';
import path from 'node:path';
import type { NodeParts } from './node-parts';
import { literal, object } from './source';

/**
 * The forms of several nodes in one script, which holds what they share once: inline, since scripts that are fetched
 * make Node-RED's loading asynchronous.
 */
async function formsCode(editorDir: string, parts: readonly NodeParts[]): Promise<string> {
	const makers = new Map(parts.map(({ maker, module }) => [maker, module]));
	const source = `import { migrateNodes } from './migrate-nodes';
${[...makers].map(([maker, module]) => `import { ${maker} } from './${module}';`).join('\n')}
for (const type of ${JSON.stringify(parts.map(({ type }) => type))}) migrateNodes(type);
export const forms = {
${parts.map(({ type, maker, spec }) => `${literal(type)}: ${maker}(${JSON.stringify(spec)}),`).join('\n')}
};`;
	const { outputFiles } = await esbuild.build({
		stdin: { contents: source, resolveDir: editorDir, loader: 'ts' },
		bundle: true,
		write: false,
		format: 'iife',
		globalName: 'made',
		platform: 'browser',
		target: 'es2021',
		charset: 'utf8',
		minify: true,
		logLevel: 'warning',
	});
	return (outputFiles[0]?.text ?? '').trim();
}

function template({ type, template: rows }: NodeParts): string {
	return `<script type="text/html" data-template-name="${type}">\n${rows}\n</script>\n`;
}

/**
 * Html of nodes that share a file: their forms in a closed script, and the definitions, which the Flow Library reads
 * and which are therefore not minified.
 * @param root folder of the repository
 */
export async function nodesHtml(root: string, parts: readonly NodeParts[]): Promise<string> {
	const definitions = parts.map(
		({ type, definition }) => `{
const form = made.forms[${literal(type)}];
RED.nodes.registerType(${literal(type)}, ${object(definition)});
}`,
	);
	const script = `(() => {
${await formsCode(path.join(root, 'packages/node-red/src/editor'), parts)}
${definitions.join('\n')}
})();
`;
	return `<script type="text/javascript">
${script.replace(/<\/script/gi, '<\\/script')}</script>

${parts.map(template).join('\n')}`;
}
