/** The Flow Library's scorecard of the packed package: `npm run node-red:scorecard`, after a build. */
import fs from 'node:fs/promises';
import { makeTempFolder, unpackTarball } from '../harness/install';
import { readScorecard } from './checks';

async function main(): Promise<void> {
	const temp = await makeTempFolder('scorecard');
	try {
		const cards = readScorecard(await unpackTarball(temp));
		for (const { id, rule, isGood, found } of cards)
			console.log(`${isGood ? 'green' : 'RED  '} ${id} ${rule} (${found})`);
		process.exitCode = cards.every(({ isGood }) => isGood) ? 0 : 1;
	} finally {
		await fs.rm(temp, { recursive: true, force: true });
	}
}

void main();
