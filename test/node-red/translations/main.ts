/**
 * What is not translated yet, and what is translated for nothing: `npm run node-red:translations -- [language]`.
 * Ends with 1 when there is any: a release waits for it, a build does not.
 */
import { englishTexts } from '../../../packages/node-red/src/build/texts';
import { readProgress } from './check';

async function main(): Promise<void> {
	const [asked] = process.argv.slice(2);
	const nodes = englishTexts();
	let isWhole = true;
	for (const { code, translated, missing, unused } of await readProgress()) {
		if (asked !== undefined && asked !== code) continue;
		isWhole &&= missing.length + unused.length === 0;
		const total = translated + missing.length;
		console.log(
			`${code}: ${translated} of ${total} texts; missing ${missing.length}, unused ${unused.length}`,
		);
		for (const text of missing)
			console.log(`  missing: ${JSON.stringify(text)} (${(nodes.get(text) ?? []).slice(0, 3).join(', ')})`);
		for (const text of unused) console.log(`  unused:  ${JSON.stringify(text)}`);
	}
	process.exitCode = isWhole ? 0 : 1;
}

void main();
