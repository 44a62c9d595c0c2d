/** Lets a plain node process run TypeScript files, as jest does. */
const fs = require('node:fs');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
	const { code } = transformSync(fs.readFileSync(file, 'utf8'), {
		filename: file,
		jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
		module: { type: 'commonjs' },
		swcrc: false,
	});
	module._compile(code, file);
};
