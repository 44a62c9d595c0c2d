/** Longest text that a page shows whole. */
const TEXT = 200;

/** A recorded value as a page shows it: of each list the first item, of each long text the beginning. */
export function shortened(value: unknown): unknown {
	if (typeof value === 'string') return value.length > TEXT ? `${value.slice(0, TEXT)}…` : value;
	if (Array.isArray(value)) return value.slice(0, 1).map(shortened);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shortened(member)]));
}
