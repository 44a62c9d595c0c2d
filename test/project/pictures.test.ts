import { digestOf, digestsOfToday, storedDigests } from '../pictures/digests';

describe('the pictures of the documentation', () => {
	it('show today’s flows, forms and hosts (take them again, then npm run pictures:compare -- --accept)', () => {
		expect(storedDigests()).toEqual(digestsOfToday());
	});

	it('have each a digest of what they show', () => {
		expect(digestOf('docs/pictures/node-red-flow.png')).not.toBe(
			digestOf('docs/pictures/node-red-dashboard.png'),
		);
		expect(() => digestOf('docs/pictures/unknown.png')).toThrow(
			'Nothing says what docs/pictures/unknown.png shows',
		);
	});
});
