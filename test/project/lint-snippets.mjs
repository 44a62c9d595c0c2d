// Lints snippets as if they stood in the given files. jest cannot load ESLint's configuration itself, since it is a module.
import { ESLint } from 'eslint';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const cwd = join(import.meta.dirname, '../..');
const eslint = new ESLint({
	cwd,
	ruleFilter: ({ ruleId }) =>
		/no-restricted-(imports|globals|syntax)|no-relative-packages|no-extraneous-dependencies|max-lines/.test(
			ruleId,
		),
	overrideConfig: { languageOptions: { parserOptions: { projectService: false, project: null } } },
});
const found = [];
for (const { file, code } of JSON.parse(await text(process.stdin))) {
	const [result] = await eslint.lintText(code, { filePath: join(cwd, file) });
	found.push(result.messages.map((message) => message.ruleId ?? message.message));
}
process.stdout.write(JSON.stringify(found));
