/** Prints which tests hold each known fault in each place: `npm run faults:table [-- --files]`. */
import { FAULT_CASES } from './cases';
import { PLACES, tableOf, type Cell } from './table';

const withFiles = process.argv.includes('--files');

function text(cell: Cell): string {
	switch (cell.kind) {
		case 'tests':
			return withFiles ? cell.files.map((file) => file.replace(/^test\//, '')).join(', ') : 'tested';
		case 'reason':
			return `— (${cell.because})`;
		case 'none':
			return '·';
		case 'missing':
			return 'MISSING';
	}
}

let missing = 0;
console.log(['case', 'what', ...PLACES].join(' | '));
for (const [id, cells] of tableOf(FAULT_CASES)) {
	missing += [...cells.values()].filter(({ kind }) => kind === 'missing').length;
	console.log([id, FAULT_CASES[id]?.what, ...[...cells.values()].map(text)].join(' | '));
}
console.log(`${Object.keys(FAULT_CASES).length} cases, ${missing} cells without a test or a reason`);
process.exitCode = missing > 0 ? 1 : 0;
