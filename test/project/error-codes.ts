import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@convoflow/nodes';

/** Where errors are made that a user may see. */
const SOURCES = [
	'packages/{client,kit,n8n-host,node-red}/src/**/*.ts',
	'nodes/**/*.ts',
	'credentials/**/*.ts',
];
const SERVICES = ['FLOWAI', 'FLOWXO', 'CHATLAYER'];

/** Every code that stands in the source, those of the services without a name of their own once for each service. */
export function errorCodes(root: string): string[] {
	const texts = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root })).map((file) =>
		readFileSync(join(root, file), 'utf8'),
	);
	const all = (pattern: RegExp): string[] =>
		texts.flatMap((text) => [...text.matchAll(pattern)].map(([, code = '']) => code));
	const whole = all(/\b((?:CONVOFLOW|FLOWAI|FLOWXO|CHATLAYER)_[A-Z][A-Z0-9_]*[A-Z0-9])\b/g);
	const endings = all(/\$\{service\.code\}_([A-Z_]+)/g);
	const meanings = [
		...readFileSync(join(root, 'packages/client/src/http/status-meanings.ts'), 'utf8').matchAll(
			/code: '([A-Z_]+)'/g,
		),
	].map(([, code = '']) => code);
	const shared = [...endings, ...meanings].flatMap((ending) => SERVICES.map((name) => `${name}_${ending}`));
	// Some are put together where the operations are defined.
	const own = services.flatMap(({ resources }) =>
		resources.flatMap(({ operations }) =>
			operations.flatMap(({ errors = {} }) =>
				Object.entries(errors).map(([code, { code: restated }]) => restated ?? code),
			),
		),
	);
	return [...new Set([...whole, ...shared, ...own])].sort();
}
