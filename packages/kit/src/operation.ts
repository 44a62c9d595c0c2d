import type { Effect, JsonObject, LogLevel, OpenCall } from '@convoflow/client';
import type { FieldMap, InputOf } from './fields';
import type { FileResult } from './file-result';
import type { OlderForm } from './older-form';

/** What an operation keeps of work that it does step by step, so that another try goes on where one broke off. */
export interface Checkpoint {
	/** What an earlier try saved last; undefined at the first. */
	readonly saved: JsonObject | undefined;
	save(state: JsonObject): void;
}

/** What an operation may use beside its client. */
export interface RunContext {
	/** Fires when the user stops the run or the node closes. */
	readonly signal: AbortSignal;
	/** Every input item, where the operation takes all at once (`mode: 'all'`). */
	readonly items?: readonly JsonObject[];
	/** There where the host tries an input again, as n8n's Retry On Fail does. */
	readonly checkpoint?: Checkpoint;
	/** Rows wanted from a list; undefined means every row. */
	readonly limit?: number;
	/** Milliseconds since the epoch. */
	now(): number;
	log(level: LogLevel, message: string): void;
	/** Tells the user what the rows cannot say, e.g. that reading stopped before the end. */
	readonly notice: (message: string) => void;
	/**
	 * The call that started the run and waits for its answer; absent where a host has none to offer.
	 * @throws `FLOWAI_NO_CALL`, `FLOWAI_CALL_ANSWERED`, `FLOWAI_CALL_CLOSED`
	 */
	openCall?(): OpenCall;
}

/** Pages of rows, read as they are asked for. */
export type Pages = AsyncIterable<readonly JsonObject[]>;

/** Input by field name, read and checked. */
export type Input = Readonly<Record<string, unknown>>;

/** Replaces what an error says where the operation knows better. */
export interface ErrorAdvice {
	readonly code?: string;
	readonly message?: string;
	readonly advice: string;
}

/** Input that shows an operation at work; feeds samples, parity and docs. */
export interface Example<I> {
	readonly name: string;
	readonly input: I;
	/** What comes in, for an operation that takes every item at once. */
	readonly items?: readonly JsonObject[];
}

/** Several ways out of a node, offered by a fixed field of the form. */
export interface Outputs<I> {
	/** The field and its value by which a user asks for them. */
	readonly when: { readonly field: string; readonly is: string };
	/** What each way out is for; Title Case. */
	readonly labels: readonly [string, string, ...string[]];
	/** Number of the way out that a row takes, from 0. */
	readonly of: (row: JsonObject, input: I) => number;
}

interface OperationBase {
	/** lowerCamelCase. */
	readonly name: string;
	/** Title Case, without the resource. */
	readonly displayName: string;
	/** Sentence case, without articles: "Send text message". */
	readonly action: string;
	/** Sentence case: what it does. */
	readonly description: string;
	/** Drives retries and the words about repeating. */
	readonly effect: Effect;
	/** The field of the form, and its value, with which it only reads, whatever its effect is otherwise. */
	readonly readsWhen?: { readonly field: string; readonly is: string };
	/**
	 * How its user finds out whether it had its effect, where that is not known: what to do "… before you run it
	 * again.", e.g. "Look for the message in the thread". Every operation needs it that is not safe to repeat, unless
	 * its `errors` say it for `CONVOFLOW_OUTCOME_UNKNOWN`.
	 */
	readonly findOut?: string;
	/** Puts out what it finds although its effect is no `read`; it offers what reading operations offer. */
	readonly alsoReads?: boolean;
	/** Puts out whatever the service says, so that nothing can be told of its form beforehand. */
	readonly isFreeForm?: boolean;
	/** Works over a lasting connection or answers an open call: it offers neither time-out nor repeats. */
	readonly makesNoRequests?: boolean;
	/**
	 * `all` takes every input item at once, in `context.items`: the JSON of all items in n8n, the payload of one
	 * message in Node-RED. The fields are read once. Default `each`: once for every item or message.
	 */
	readonly mode?: 'each' | 'all';
	/** Members of its rows that are as good as a password, as paths with dots; hosts that can hide them do. */
	readonly sensitive?: readonly string[];
	/** Forms that saved nodes of older versions still have. */
	readonly older?: readonly OlderForm[];
	/** MIME type of the file that it returns, where that is always the same. */
	readonly fileType?: string;
	/** More words people search for. */
	readonly keywords?: readonly string[];
	/** What an error of this code means here. */
	readonly errors?: Readonly<Record<string, ErrorAdvice>>;
}

/**
 * Result of an operation: `one` row, `many` rows in pages (with Return All and Limit), or all `rows` of one
 * answer; or a `file`.
 */
export type Returns = 'one' | 'many' | 'rows' | 'file';
type ResultOf<R extends Returns> = R extends 'one'
	? Promise<JsonObject>
	: R extends 'rows'
		? Promise<readonly JsonObject[]>
		: R extends 'file'
			? Promise<FileResult>
			: Pages;

type Implied<R extends Returns> = R extends 'many'
	? { readonly returnAll?: boolean; readonly limit?: number }
	: unknown;
type FullInput<F extends FieldMap, O extends FieldMap> = InputOf<F> & Partial<InputOf<O>>;

/** An operation as its file writes it. `F` are the fields of the form, `O` the optional ones. */
export interface OperationSpec<
	C,
	R extends Returns,
	F extends FieldMap,
	O extends FieldMap,
> extends OperationBase {
	readonly returns: R;
	readonly fields: F;
	/** Shown as "Additional Fields"; blank means unset. */
	readonly optional?: O;
	/** Keeps order: inputs of one lane run one after the other, lanes run side by side. */
	readonly lane?: (input: FullInput<F, O>) => string;
	readonly run: (client: C, input: FullInput<F, O>, context: RunContext) => ResultOf<R>;
	/** Turns raw rows into flat ones of at most 10 fields; adds the choice "Simplify". */
	readonly simplify?: (rows: readonly JsonObject[], input: FullInput<F, O>) => JsonObject[];
	/** Several ways out for its rows; one way for all of them where it is absent. */
	readonly outputs?: Outputs<FullInput<F, O>>;
	/** One sentence about what happened, for statuses. */
	readonly summary?: (rows: number, input: FullInput<F, O>) => string;
	readonly examples: readonly [
		Example<Partial<FullInput<F, O>> & Implied<R> & { readonly simplify?: boolean }>,
		...Example<Partial<FullInput<F, O>> & Implied<R> & { readonly simplify?: boolean }>[],
	];
}

/** An operation as hosts see it: the same, without the types of its own fields. */
export interface Operation extends OperationBase {
	readonly service: string;
	/** Name of the credential it needs; absent where it asks nothing of the service. */
	readonly credential?: string;
	readonly returns: Returns;
	readonly fields: FieldMap;
	readonly optional: FieldMap;
	readonly lane?: (input: Input) => string;
	readonly run: (
		client: unknown,
		input: Input,
		context: RunContext,
	) => Promise<JsonObject | readonly JsonObject[] | FileResult> | Pages;
	readonly simplify?: (rows: readonly JsonObject[], input: Input) => JsonObject[];
	readonly outputs?: Outputs<Input>;
	readonly summary?: (rows: number, input: Input) => string;
	readonly examples: readonly Example<Input>[];
}

/**
 * Gives the function that defines the operations of one credential's client, so that each file states only
 * what is its own.
 * @param service id of the service, e.g. `flowai`
 * @param credential name of the credential whose `connect` makes the client `C`; left out where nothing is asked
 * of the service, and the client is undefined
 */
export function operationsFor<C>(service: string, credential?: string) {
	return <R extends Returns, const F extends FieldMap, const O extends FieldMap = Record<never, never>>(
		spec: OperationSpec<C, R, F, O>,
	): Operation =>
		// The types of the fields end here: hosts read input by the fields' data and hand it back unseen.
		({
			optional: {},
			...spec,
			service,
			...(credential === undefined ? {} : { credential }),
		}) as unknown as Operation;
}
