import { restOperation } from '../operation';

/** Lists the segments. Flow.ai reference §2.2 row 16, later docs. */
export const getSegments = restOperation({
	name: 'getSegments',
	displayName: 'Get Segments',
	action: 'Get broadcast segments',
	description: 'List the segments that a broadcast can be sent to',
	keywords: ['audience', 'group', 'list'],
	effect: 'read',
	returns: 'rows',
	fields: {},
	run: async (client, _input, { signal }) => await client.broadcasts.segments({ signal }),
	simplify: (rows) =>
		rows.map((row) => ({
			segmentId: row['audienceId'] ?? null,
			name: row['title'] ?? null,
			type: row['type'] ?? null,
			conditions: row['conditions'] ?? [],
			channels: row['channels'] ?? [],
			createdAt: row['createdAt'] ?? null,
			updatedAt: row['updatedAt'] ?? null,
		})),
	errors: {
		FLOWAI_NOT_FOUND: {
			advice:
				'This service does not list segments: the call came with a later version. Check the base URL in the credential.',
		},
	},
	summary: (rows) => (rows === 1 ? '1 segment' : `${rows} segments`),
	examples: [
		{ name: 'Simplified', input: { simplify: true } },
		{ name: 'As they came', input: { simplify: false } },
	],
});
