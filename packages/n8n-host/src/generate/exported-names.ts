import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Parses a TypeScript source; positions refer to its text. */
export function parse(file: string, text: string): ts.SourceFile {
	return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** The file that a relative specifier means. */
export function resolveRelative(from: string, specifier: string): string {
	const base = join(dirname(from), specifier);
	const found = [`${base}.ts`, join(base, 'index.ts'), base].find((file) =>
		statSync(file, { throwIfNoEntry: false })?.isFile(),
	);
	if (!found) throw new Error(`${from} imports ${specifier}, which does not exist`);
	return found;
}

/** Where a name is defined, and what it is called there. */
export interface Definition {
	readonly file: string;
	readonly name: string;
}

function textOf(node: ts.Expression | undefined): string | undefined {
	return node && ts.isStringLiteral(node) ? node.text : undefined;
}

function declares(statement: ts.Statement, name: string): boolean {
	if (ts.isVariableStatement(statement)) {
		return statement.declarationList.declarations.some((one) => one.name.getText() === name);
	}
	const named =
		ts.isFunctionDeclaration(statement) ||
		ts.isClassDeclaration(statement) ||
		ts.isInterfaceDeclaration(statement) ||
		ts.isTypeAliasDeclaration(statement) ||
		ts.isEnumDeclaration(statement);
	return named && statement.name?.text === name;
}

/** The definition behind an element of `export { … }` or `import { … }`. */
function behind(
	elements: readonly (ts.ExportSpecifier | ts.ImportSpecifier)[],
	name: string,
): string | undefined {
	const element = elements.find((one) => one.name.text === name);
	return element && (element.propertyName ?? element.name).text;
}

function locateByImport(file: string, source: ts.SourceFile, name: string): Definition | undefined {
	for (const statement of source.statements) {
		if (!ts.isImportDeclaration(statement)) continue;
		const bindings = statement.importClause?.namedBindings;
		const specifier = textOf(statement.moduleSpecifier);
		if (!bindings || !ts.isNamedImports(bindings) || !specifier?.startsWith('.')) continue;
		const original = behind([...bindings.elements], name);
		if (original !== undefined) return locate(resolveRelative(file, specifier), original);
	}
	return undefined;
}

/**
 * Finds the module that defines a name which another one exports, through any number of re-exports, so that
 * a generated tree needs no barrel files and holds nothing that is not used.
 */
export function locate(file: string, name: string): Definition | undefined {
	const source = parse(file, readFileSync(file, 'utf8'));
	for (const statement of source.statements) {
		if (!ts.isExportDeclaration(statement)) {
			if (declares(statement, name)) return { file, name };
			continue;
		}
		const specifier = textOf(statement.moduleSpecifier);
		if (!statement.exportClause) {
			const found = specifier === undefined ? undefined : locate(resolveRelative(file, specifier), name);
			if (found) return found;
			continue;
		}
		if (!ts.isNamedExports(statement.exportClause)) continue;
		const original = behind([...statement.exportClause.elements], name);
		if (original === undefined) continue;
		if (specifier === undefined) return locateByImport(file, source, original) ?? { file, name: original };
		return locate(resolveRelative(file, specifier), original);
	}
	return undefined;
}
