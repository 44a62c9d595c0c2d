import esbuild from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the code of a library lies in a tree. */
export function libraryPath(name: string): string {
	return `shared/libraries/${name}.js`;
}

/** Licences of the packages whose code went into a bundle. */
function licencesOf(root: string, { inputs }: esbuild.Metafile): string[] {
	const folders = Object.keys(inputs).flatMap(
		(file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
	);
	return [...new Set(folders)].sort().map((folder) => {
		const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
			name: string;
			version: string;
		};
		const file = join(root, folder, 'LICENSE');
		if (!existsSync(file)) throw new Error(`${name} ${version} has no LICENSE that could go with its code`);
		return `${name} ${version}\n\n${readFileSync(file, 'utf8').trim()}`;
	});
}

/** The type of what a tree takes from a library: callers say the types of what they hand in and get. */
const ANY_FUNCTION = '<A = any, B = any>(...args: any[]) => any';

/**
 * The code of a library as a tree holds it, since n8n's verified packages may depend on nothing: one module
 * with the names that are used and what these need, and every licence at its head.
 * @param names what is imported from the library
 */
export async function librarySource(
	root: string,
	library: string,
	names: readonly string[],
): Promise<string> {
	const exported = [...names].sort();
	const { outputFiles, metafile } = await esbuild.build({
		stdin: {
			contents: [
				`import { ${exported.join(', ')} } from '${library}';`,
				...exported.map((name) => `var exported_${name} = ${name};`),
				`export { ${exported.map((name) => `exported_${name} as ${name}`).join(', ')} };`,
			].join('\n'),
			resolveDir: join(root, 'nodes'),
		},
		absWorkingDir: root,
		bundle: true,
		write: false,
		metafile: true,
		format: 'esm',
		target: 'es2022',
		charset: 'utf8',
		legalComments: 'none',
		// Names stay, so that the code can be reviewed.
		minifyWhitespace: true,
		lineLimit: 110,
		logLevel: 'warning',
	});
	const code = (outputFiles[0]?.text ?? '')
		// Types were checked where the code was written; what is inferred from a script would not fit.
		.replace(/\n?(?=var exported_)/g, `\n/** @type {${ANY_FUNCTION}} */\n`);
	const licences = licencesOf(root, metafile).join('\n\n');
	return `/*!\n${licences.replaceAll('*/', '* /')}\n*/\n${code}`;
}
