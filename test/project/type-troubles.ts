import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');

/** What the compiler says of a file that is not there yet, with the settings of the project. */
export function typeTroubles(file: string, text: string): string[] {
	const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (name) => ts.sys.readFile(name)) as {
		config: object;
	};
	const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
	const host = ts.createCompilerHost(options);
	const sourceOf = host.getSourceFile.bind(host);
	const exists = host.fileExists.bind(host);
	host.fileExists = (name) => name === file || exists(name);
	host.getSourceFile = (name, ...rest) =>
		name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : sourceOf(name, ...rest);
	const program = ts.createProgram([file], options, host);
	const source = program.getSourceFile(file);
	return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
		({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
	);
}
