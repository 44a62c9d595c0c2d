import { readdir, stat, mkdtemp, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { N8N_PACKAGES } from '../../../packages/demo/src/n8n/packages';
import { spawnScript } from '../../sandbox/bench/spawn';
import { median, type Figure, type Line } from '../figure';
import type { LoadTime } from '../load/load-package';

const run = promisify(execFile);
const BUILT = path.resolve(__dirname, '../../../build/packages');

/** What a package costs when its host starts, and its size. */
export const loading: Line = {
	name: 'loading',
	run: async ({ quick }) => {
		const times = quick ? 7 : 20;
		const folder = await mkdtemp(path.join(os.tmpdir(), 'convoflow-loading-'));
		try {
			const figures: Figure[] = [];
			const files = await readdir(BUILT);
			const packages = [
				...N8N_PACKAGES.map((name) => ({ name, mostMs: 40, mostKb: 200 })),
				{ name: 'convoflow-node-red-chatbots', mostMs: 60, mostKb: 500 },
			];
			for (const { name, mostMs, mostKb } of packages) {
				const tarball = files.find((one) => new RegExp(`^${name}-\\d.*\\.tgz$`).test(one));
				if (tarball === undefined) throw new Error(`${name} is not packed: npx gulp pack`);
				const unpacked = path.join(folder, name);
				await run('mkdir', ['-p', unpacked]);
				await run('tar', ['-xzf', path.join(BUILT, tarball), '-C', unpacked]);
				const measured: { ours: number; empty: number }[] = [];
				for (let time = 0; time < times; time += 1) {
					const script = path.join(__dirname, '../load/load-package.ts');
					const { said } = await spawnScript<LoadTime>(script, path.join(unpacked, 'package'));
					measured.push({ ours: said.ms, empty: said.emptyMs });
				}
				const ours = median(measured.map((one) => one.ours - one.empty));
				const kb = (await stat(path.join(BUILT, tarball))).size / 1024;
				figures.push(
					{
						work: `loading ${name}, over an empty package`,
						ours,
						unit: 'ms',
						target: `< ${mostMs} ms`,
						met: ours < mostMs,
						against: 'an empty package',
						rounds: times,
					},
					{
						work: `tarball of ${name}`,
						ours: kb,
						unit: 'kB',
						target: `≤ ${mostKb} kB`,
						met: kb <= mostKb,
						against: '—',
						rounds: 1,
					},
				);
			}
			return figures;
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	},
};
