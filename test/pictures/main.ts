import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../e2e/node-red-editor';
import { changedPixels } from './compare';
import { DIGESTS, digestsOfToday, keptPictures, storedDigests } from './digests';

const HELP = `npm run pictures:compare               compares pictures that were taken again with those that are committed
npm run pictures:compare -- --accept   stores what the pictures show, after they were taken again`;

/** Share of pixels that may change while a picture shows the same. */
const MAY_CHANGE = 0.02;

const root = join(__dirname, '../..');
const git = (...args: string[]): Buffer =>
	execFileSync('git', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });

/** Puts pictures back that changed by little, so that a repository does not grow with every run; names the others. */
async function changedPictures(): Promise<string[]> {
	const pictures = keptPictures();
	const touched = git('diff', '--name-only', 'HEAD', '--', ...pictures)
		.toString()
		.split('\n')
		.filter(Boolean);
	const browser = await launchBrowser();
	const changed: string[] = [];
	try {
		for (const picture of touched) {
			const before = git('show', `HEAD:${picture}`);
			const share = await changedPixels(browser, before, readFileSync(join(root, picture)));
			console.log(`${(share * 100).toFixed(2).padStart(6)} %  ${picture}`);
			if (share <= MAY_CHANGE) writeFileSync(join(root, picture), before);
			else changed.push(picture);
		}
	} finally {
		await browser.close();
	}
	return changed;
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { accept: { type: 'boolean' }, help: { type: 'boolean' } } });
	if (values.help) return console.log(HELP);
	const changed = await changedPictures();
	const today = digestsOfToday();
	if (values.accept) {
		writeFileSync(join(root, DIGESTS), `${JSON.stringify(today, null, '\t')}\n`);
		console.log(`${Object.keys(today).length} digests stored, ${changed.length} pictures are new`);
		return;
	}
	const stored = storedDigests();
	const strange = changed.filter((picture) => stored[picture] === today[picture]);
	for (const picture of strange)
		console.error(`${picture} shows the same as before and looks different by more than 2 %`);
	if (strange.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
