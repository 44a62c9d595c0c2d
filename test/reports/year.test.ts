import { problemsOf, readHours } from './year';

it('reads a quarter of hourly counts in five channels; its sum is known beforehand (npm run reports:year reads a year)', async () => {
	const figures = await readHours(90);
	expect(problemsOf(figures, 90)).toEqual([]);
	expect(figures.requests).toBe(3);
});
