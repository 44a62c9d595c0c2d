// What a package must pass before it is published: n8n's own linter, strict and without warnings, the rules that
// its next versions bring, both legs of the scanner that n8n runs on published packages, and a look at what the
// tarball holds.
import { execFile, execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const { advice, readBuiltTree, UPCOMING_RULES } = createRequire(import.meta.url)('./upcoming-rules.ts');
const run = promisify(execFile);
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const trees = join(root, 'build', 'n8n');
const bin = (name) => join(root, 'node_modules', '.bin', name);

/** Runs a tool in a tree; what it prints is shown when it fails. */
async function tool(cwd, name, ...args) {
	try {
		await run(bin(name), args, { cwd, maxBuffer: 64 * 1024 * 1024 });
		return 'no error, no warning';
	} catch (error) {
		throw new Error(`${error.stdout ?? ''}${error.stderr ?? error.message}`);
	}
}

/** Runs the test that the tree brings along. */
async function ownTests(cwd) {
	const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap'], { cwd }).catch(
		(error) => {
			throw new Error(error.stdout);
		},
	);
	const [, count] = /^# pass (\d+)$/m.exec(stdout) ?? [];
	if (!(count > 0)) throw new Error(`there is none\n${stdout}`);
	return `${count} passed`;
}

/** Runs one leg of the scanner, which says ok when there is nothing to look at: hence the count. */
async function scan(dir, patterns, leastFiles) {
	const files = globSync(patterns, { cwd: dir, exclude: (name) => name === 'node_modules' });
	if (files.length < leastFiles) throw new Error(`only ${files.length} files to scan, not ${leastFiles}`);
	const { passed, message, details } = await analyzePackage(dir, patterns);
	if (!passed) throw new Error(`${message}\n${details ?? ''}`);
	return `${files.length} files`;
}

/** Classes that the manifest registers. */
function registered(dir) {
	const { n8n } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
	return [...n8n.nodes, ...n8n.credentials];
}

/** Inline comments that switch a rule off are ignored by n8n's scanner, so there is no use for one. */
function noDisabledRules(dir) {
	const sources = globSync('{nodes,credentials,shared}/**/*.ts', { cwd: dir });
	const found = sources.filter((file) => readFileSync(join(dir, file), 'utf8').includes('eslint-disable'));
	if (found.length > 0) throw new Error(`rules are switched off in ${found.join(', ')}`);
	return `${sources.length} files`;
}

/** Rules of the linter's main branch, which no published version has yet. */
function upcomingRules(dir) {
	const tree = readBuiltTree(dir);
	const found = Object.entries(UPCOMING_RULES).flatMap(([rule, check]) =>
		check(tree).map((problem) => `${rule}\n  ${problem}`),
	);
	if (found.length > 0) throw new Error(found.join('\n'));
	const rules = Object.keys(UPCOMING_RULES).flatMap((names) => names.split(', '));
	return `${rules.length} rules`;
}

/** Verification asks for none. */
function noDependencies(dir) {
	const {
		dependencies = {},
		optionalDependencies = {},
		bundledDependencies = [],
	} = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
	const found = [...Object.keys({ ...dependencies, ...optionalDependencies }), ...bundledDependencies];
	if (found.length > 0) throw new Error(`it depends on ${found.join(', ')} at run time`);
	return 'none';
}

/** The tarball holds the build, three texts, workflow templates, every registered class, its icons and nothing of a machine's. */
function tarballContent(dir, unpacked) {
	const files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(unpacked, join(entry.parentPath, entry.name)));
	const local = files.filter((file) => readFileSync(join(unpacked, file), 'utf8').includes(root));
	const stray = files.filter(
		(file) => !/^(dist\/|templates\/[a-z-]+\.json$|(README\.md|LICENSE|package\.json)$)/.test(file),
	);
	const missing = registered(dir).filter((file) => !files.includes(file));
	const builds = files.filter((file) => file.endsWith('.tsbuildinfo'));
	const icons = files.filter((file) => file.endsWith('.svg'));
	if (stray.length + builds.length > 0)
		throw new Error(`does not belong there: ${[...stray, ...builds].join(', ')}`);
	if (local.length > 0) throw new Error(`a path of this machine is in ${local.join(', ')}`);
	if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
	if (icons.length < 2) throw new Error('the icons are missing');
	return `${files.length} files`;
}

function unpack(dir, out) {
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', out];
	const [{ filename }] = JSON.parse(
		execFileSync('npm', args, { cwd: dir, stdio: ['ignore', 'pipe', 'ignore'] }),
	);
	execFileSync('tar', ['-xzf', join(out, filename), '-C', out]);
	return join(out, 'package');
}

let failures = 0;
async function gate(tree, name, check) {
	try {
		console.log(`ok      ${tree}  ${name}: ${await check()}`);
	} catch (error) {
		failures += 1;
		console.log(`FAILED  ${tree}  ${name}\n${error.message}`);
	}
}

let names = [];
try {
	names = readdirSync(trees);
} catch {
	// Said below: there is nothing to check.
}
if (names.length < 3) {
	console.error(`${names.length} of 3 packages are in build/n8n: run npm run build first`);
	process.exit(1);
}
for (const name of names) {
	const dir = join(trees, name);
	const out = mkdtempSync(join(tmpdir(), 'gates-'));
	const unpacked = unpack(dir, out);
	const classes = registered(dir).length;
	await gate(name, 'n8n-node lint (strict)', () => tool(dir, 'n8n-node', 'lint'));
	await gate(name, 'eslint --max-warnings 0', () => tool(dir, 'eslint', '.', '--max-warnings', '0'));
	await gate(name, 'its own tests', () => ownTests(dir));
	await gate(name, 'no rule switched off', () => noDisabledRules(dir));
	await gate(name, 'rules to come', () => upcomingRules(dir));
	await gate(name, 'run-time dependencies', () => noDependencies(dir));
	await gate(name, 'scanner, source', () => scan(dir, SOURCE_FILE_PATTERNS, classes + 1));
	await gate(name, 'scanner, tarball', () => scan(unpacked, ['**/*.js', 'package.json'], classes + 1));
	await gate(name, 'tarball content', () => tarballContent(dir, unpacked));
	// Warnings to come that n8n's own UX guidelines speak against: told, not failed.
	for (const [rule, fields] of Object.entries(advice(readBuiltTree(dir))))
		console.log(`advice  ${name}  ${rule}: ${fields.length} fields`);
	rmSync(out, { recursive: true, force: true });
}
if (failures > 0) {
	console.error(`${failures} failed`);
	process.exit(1);
}
