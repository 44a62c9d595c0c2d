import { aborted, toConvoflowError, type ConvoflowError, type JsonObject } from '@convoflow/client';
import { fileRow, type FileResult } from './file-result';
import { allFields } from './implied-fields';
import { maskRow } from './mask-personal-data';
import type { Input, Operation, Pages, RunContext } from './operation';
import { readFields, type ReadContext } from './read-field';
import { withWayToFindOut } from './repeating';

/**
 * Reads the input of an operation: the form's fields, the optional ones and the options, flat by name.
 * @throws CONVOFLOW_INVALID_INPUT
 */
export function readInput(
	operation: Operation,
	raw: Readonly<Record<string, unknown>>,
	context: ReadContext,
): Input {
	return readFields(allFields(operation), raw, context);
}

/**
 * Runs an operation with input that `readInput` made and yields its rows page by page: simplified and masked
 * where chosen, never more than the limit. An operation that returns one row yields one page; of a file
 * it yields what is told about it.
 * @throws ConvoflowError, with the operation's own advice where it has one
 */
export async function* runOperation(
	operation: Operation,
	client: unknown,
	input: Input,
	context: Omit<RunContext, 'limit'>,
): AsyncGenerator<JsonObject[], void, void> {
	const limit =
		operation.returns === 'many' && input['returnAll'] !== true ? Number(input['limit']) : undefined;
	const simplify = input['simplify'] === true ? operation.simplify : undefined;
	const mask = (rows: readonly JsonObject[]): JsonObject[] =>
		input['maskPersonalData'] === true ? rows.map(maskRow) : [...rows];
	// Masked before, where the raw members tell what is personal, and after, where simplifying names them.
	const shape = (rows: readonly JsonObject[]): JsonObject[] =>
		mask(simplify ? simplify(mask(rows), input) : rows);
	let left = limit ?? Infinity;
	try {
		const result = operation.run(client, input, { ...context, ...(limit === undefined ? {} : { limit }) });
		if (!isPages(result)) {
			const answer = await result;
			if (isFileResult(operation, answer)) {
				yield [fileRow(answer)];
				return;
			}
			yield shape(isRows(answer) ? answer : [answer]);
			return;
		}
		for await (const rows of result) {
			if (context.signal.aborted) throw aborted();
			const page = shape(rows).slice(0, left);
			left -= page.length;
			yield page;
			if (left <= 0) return;
		}
	} catch (error) {
		throw advised(operation, error);
	}
}

/**
 * Runs an operation that returns a file. The content is read by the host, piece by piece where it comes so.
 * @throws ConvoflowError, with the operation's own advice where it has one
 */
export async function runFileOperation(
	operation: Operation,
	client: unknown,
	input: Input,
	context: Omit<RunContext, 'limit'>,
): Promise<FileResult> {
	try {
		const result = operation.run(client, input, context);
		const answer = isPages(result) ? undefined : await result;
		if (answer === undefined || !isFileResult(operation, answer))
			throw new TypeError(`${operation.name} returns no file`);
		return answer;
	} catch (error) {
		throw advised(operation, error);
	}
}

type Result = ReturnType<Operation['run']>;

function isFileResult(operation: Operation, answer: Awaited<Exclude<Result, Pages>>): answer is FileResult {
	return operation.returns === 'file' && !Array.isArray(answer);
}

function isPages(result: Result): result is Pages {
	return Symbol.asyncIterator in result;
}

function isRows(answer: JsonObject | readonly JsonObject[] | FileResult): answer is readonly JsonObject[] {
	return Array.isArray(answer);
}

/** The error with what the operation knows about its code. */
function advised(operation: Operation, thrown: unknown): ConvoflowError {
	const error = toConvoflowError(thrown);
	const known = operation.errors?.[error.code];
	if (!known) return withWayToFindOut(operation, error);
	return error.restated(known);
}
