import { readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import ts from 'typescript';
import { locate, parse, resolveRelative } from './exported-names';
import { libraryPath } from './library';

/** Workspaces whose sources a tree may hold, by name after `@convoflow/`, with their folders. */
const WORKSPACES: Readonly<Record<string, string>> = {
	client: 'packages/client/src',
	kit: 'packages/kit/src',
	'n8n-host': 'packages/n8n-host/src',
	nodes: 'nodes',
	credentials: 'credentials',
};

/** Libraries whose code a tree may hold: those that the definitions depend on. */
function librariesOf(root: string): ReadonlySet<string> {
	const manifest = JSON.parse(readFileSync(join(root, 'nodes/package.json'), 'utf8')) as {
		dependencies: Record<string, string>;
	};
	return new Set(Object.keys(manifest.dependencies).filter((name) => !name.startsWith('@convoflow/')));
}

interface Edit {
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/**
 * The project's own code that a tree needs: what its classes import, what those files import, and so on, and
 * nothing else. It lies in `shared/`, with relative imports straight to the defining module.
 */
export class SharedCode {
	readonly #root: string;
	/** Sources by their path in the tree. */
	readonly files = new Map<string, string>();
	/** Names that are used of each library, by its name. */
	readonly libraries = new Map<string, Set<string>>();
	readonly #known: ReadonlySet<string>;

	/** @param root folder of the repository */
	constructor(root: string) {
		this.#root = root;
		this.#known = librariesOf(root);
	}

	/** The text of a class file with its `@convoflow` imports made relative. Takes in what they reach. */
	rewrite(treePath: string, text: string): string {
		return this.#rewrite(treePath, text);
	}

	/** Takes a source file in, with everything it reaches, and says where it lies in the tree. */
	#take(file: string): string {
		const treePath = this.#treePath(file);
		if (!this.files.has(treePath)) {
			this.files.set(treePath, '');
			this.files.set(treePath, this.#rewrite(treePath, readFileSync(file, 'utf8'), file));
		}
		return treePath;
	}

	#treePath(file: string): string {
		const path = relative(this.#root, file).split(sep).join('/');
		const found = Object.entries(WORKSPACES).find(([, folder]) => path.startsWith(`${folder}/`));
		if (!found) throw new Error(`${path} belongs to no workspace that a tree may hold`);
		const [name, folder] = found;
		return `shared/${name}${path.slice(folder.length)}`;
	}

	#rewrite(treePath: string, text: string, file?: string): string {
		const edits: Edit[] = [];
		for (const statement of parse(treePath, text).statements) {
			if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
			if (!statement.moduleSpecifier || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
			const specifier = statement.moduleSpecifier.text;
			if (specifier.startsWith('@convoflow/')) {
				edits.push({
					start: statement.getStart(),
					end: statement.end,
					text: this.#direct(treePath, statement, specifier),
				});
			} else if (this.#known.has(specifier)) {
				const path = this.#library(treePath, statement, specifier);
				const { moduleSpecifier } = statement;
				edits.push({ start: moduleSpecifier.getStart(), end: moduleSpecifier.end, text: `'${path}'` });
			} else if (specifier.startsWith('.') && file !== undefined) {
				// Inside a workspace the layout stays, and so do its relative imports.
				this.#take(resolveRelative(file, specifier));
			}
		}
		return edits
			.reverse()
			.reduce((rest, { start, end, text: with_ }) => rest.slice(0, start) + with_ + rest.slice(end), text);
	}

	/** Notes what is used of a library, and says where it lies from a file of the tree. */
	#library(treePath: string, statement: ts.ImportDeclaration | ts.ExportDeclaration, name: string): string {
		const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
		if (!bindings || !ts.isNamedImports(bindings)) {
			throw new Error(`${treePath}: import names from ${name} one by one`);
		}
		const names = this.libraries.get(name) ?? new Set();
		for (const element of bindings.elements) names.add((element.propertyName ?? element.name).text);
		this.libraries.set(name, names);
		return this.#specifier(treePath, libraryPath(name));
	}

	/** The same import, from the modules that define its names. */
	#direct(
		treePath: string,
		statement: ts.ImportDeclaration | ts.ExportDeclaration,
		specifier: string,
	): string {
		const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
		const bindings = clause?.namedBindings;
		if (!bindings || !ts.isNamedImports(bindings)) {
			throw new Error(`${treePath}: import names from ${specifier} one by one`);
		}
		const folder = WORKSPACES[specifier.slice('@convoflow/'.length)];
		if (folder === undefined) throw new Error(`${treePath}: ${specifier} may not be part of a tree`);
		const index = resolveRelative(join(this.#root, folder, 'index.ts'), './index');
		const byModule = new Map<string, string[]>();
		for (const element of bindings.elements) {
			const wanted = (element.propertyName ?? element.name).text;
			const found = locate(index, wanted);
			if (!found) throw new Error(`${treePath}: ${specifier} exports no ${wanted}`);
			const module = this.#specifier(treePath, this.#take(found.file));
			const alias = found.name === element.name.text ? '' : ` as ${element.name.text}`;
			const names = byModule.get(module) ?? [];
			names.push(`${element.isTypeOnly ? 'type ' : ''}${found.name}${alias}`);
			byModule.set(module, names);
		}
		const keyword = clause.isTypeOnly ? 'import type' : 'import';
		return [...byModule]
			.map(([module, names]) => `${keyword} { ${names.join(', ')} } from '${module}';`)
			.join('\n');
	}

	#specifier(from: string, to: string): string {
		const path = posix.relative(posix.dirname(from), to.replace(/(\/index)?\.[tj]s$/, ''));
		return path.startsWith('.') ? path : `./${path}`;
	}
}
