/** Pages as they are asked for. A page that failed is asked for again by the next call of `next`. */
export interface PageIterator<Row> extends AsyncIterableIterator<Row[], void, void> {
	return(): Promise<IteratorResult<Row[], void>>;
}

/** What reads the pages of one list. */
export interface PageSource<Row> {
	/** Reads the next page; undefined at the end. Never called twice at once. */
	next(): Promise<Row[] | undefined>;
	/** Ends the requests under way. */
	stop(): void;
}

/**
 * Hands on the pages of a source: calls of `next` made at once are answered in their order, each page asked
 * for once; leaving the loop ends the requests under way; an error leaves the place in the list as it was.
 */
export function pageIterator<Row>(source: PageSource<Row>): PageIterator<Row> {
	const end = { done: true, value: undefined } as const;
	let turn: Promise<unknown> = Promise.resolve();
	let isOver = false;

	const read = async (): Promise<IteratorResult<Row[], void>> => {
		if (isOver) return end;
		try {
			const page = await source.next();
			// Left meanwhile.
			if (isOver) return end;
			if (page !== undefined) return { done: false, value: page };
		} catch (error) {
			if (isOver) return end;
			throw asItIs(error);
		}
		isOver = true;
		return end;
	};
	const iterator: PageIterator<Row> = {
		next: () => {
			const result = turn.then(read);
			turn = result.catch(() => undefined);
			return result;
		},
		return: () => {
			isOver = true;
			source.stop();
			return Promise.resolve(end);
		},
		[Symbol.asyncIterator]: () => iterator,
	};
	return iterator;
}

function asItIs(error: unknown): unknown {
	return error;
}
