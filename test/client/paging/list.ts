import { offsetPages, type PageIterator } from '@convoflow/client';

export interface Row {
	readonly id: string;
}

export const rowsOf = (count: number, from = 0): Row[] =>
	Array.from({ length: count }, (_, index) => ({ id: `r${from + index}` }));

/** A request for a page that waits for its answer. */
interface Waiting {
	answer(): void;
}

/** A list behind `skip` and `limit`, as a service keeps it. */
export class List {
	readonly asked: { skip: number; limit: number }[] = [];
	/** Requests that were ended from outside. */
	readonly ended: number[] = [];
	readonly warnings: string[] = [];
	rows: Row[];
	maxLimit = Infinity;
	total: number | 'right' | undefined = 'right';
	/** Called before each page is read, with the number of the request from 1. */
	before: (page: number) => void = () => undefined;
	/** Set to keep answers back until `waiting` lets them go. */
	isHeld = false;
	readonly waiting: Waiting[] = [];

	constructor(rows: Row[]) {
		this.rows = rows;
	}

	readonly fetchPage = async (
		skip: number,
		limit: number,
		signal?: AbortSignal,
	): Promise<{ rows: Row[]; total?: number }> => {
		const number = this.asked.push({ skip, limit });
		signal?.addEventListener('abort', () => this.ended.push(number));
		if (this.isHeld) await new Promise<void>((resolve) => this.waiting.push({ answer: resolve }));
		this.before(number);
		const total = this.total === 'right' ? this.rows.length : this.total;
		const rows = this.rows.slice(skip, skip + Math.min(limit, this.maxLimit));
		return { rows, ...(total === undefined ? {} : { total }) };
	};

	pages(
		pageSize: number,
		limit?: number,
		more: { pagesAtOnce?: number; skip?: number } = {},
	): PageIterator<Row> {
		return offsetPages({
			fetchPage: this.fetchPage,
			idOf: (row) => row.id,
			pageSize,
			limit,
			warn: (message) => this.warnings.push(message),
			...more,
		});
	}

	get skips(): number[] {
		return this.asked.map(({ skip }) => skip);
	}
}
