// Writes numbers into a store for as long as it lives, and names each one that is on disk. It is killed.
import { Store } from '../../../packages/node-red/src/store/store';

const [, , file = '', first = '0'] = process.argv;

async function main(): Promise<void> {
	const store = await Store.open(file);
	process.stdout.write(`found ${[...store.entries()].map(([key]) => key).join(',')}\n`);
	for (let number = Number(first); ; number += 4) {
		await Promise.all(
			[0, 1, 2, 3].map(async (offset) => {
				await store.set(`n${number + offset}`, 'x'.repeat(offset * 300));
				process.stdout.write(`kept n${number + offset}\n`);
			}),
		);
		// Old numbers go, so that the file is rewritten again and again.
		const old = [...store.entries()].slice(0, -200).map(([key]) => key);
		for (const key of old) process.stdout.write(`leaving ${key}\n`);
		await Promise.all(old.map((key) => store.delete(key)));
	}
}

void main();
