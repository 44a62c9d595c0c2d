import { runUploads } from '../../node-red/bench/upload-memory';
import type { Line } from '../figure';

const SIZE_MB = 250;
const MOST_MB = 48;

const WHAT = { stream: 'a stream made in the flow', path: 'a file by its path' } as const;

/** Memory of sending a large file in Node-RED. */
export const nodeRedUpload: Line = {
	name: 'node-red-upload',
	run: async () => {
		const found = await runUploads(SIZE_MB, ['stream', 'path', 'request']);
		const theirs = found.find(({ kind }) => kind === 'request');
		return found.flatMap(({ kind, isWhole, firstMb, secondMb, seconds }) =>
			kind === 'request'
				? []
				: [
						{
							work: `Node-RED: upload of ${SIZE_MB} MB, ${WHAT[kind]}`,
							ours: firstMb,
							theirs: theirs?.firstMb,
							unit: 'MB more',
							ratio: firstMb / (theirs?.firstMb ?? NaN),
							target: `< ${MOST_MB} MB`,
							met: isWhole && firstMb < MOST_MB,
							against: 'http request with a Buffer',
							rounds: 1,
							note: `${isWhole ? 'arrived whole' : 'NOT whole'} in ${seconds.toFixed(1)} s; the second time in the same process ${secondMb.toFixed(0)} MB more`,
						},
					],
		);
	},
};
