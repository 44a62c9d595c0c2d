/** Names a service in error codes and sentences. */
export interface ServiceName {
	/** First part of the error codes, for example `FLOWAI`. */
	readonly code: string;
	/** As people write it, for example `Flow.ai`. */
	readonly label: string;
}

/** What an error knows beside its message. Fields that do not apply are left out. */
export interface ErrorDetails {
	/** What to do next, as a sentence. */
	readonly advice?: string;
	/** HTTP status. */
	readonly status?: number;
	/** How long the service asks us to wait, in ms. */
	readonly retryAfterMs?: number;
	readonly method?: string;
	/** Path of the request, without host and query. */
	readonly path?: string;
	/** First part of the answer, secrets removed. */
	readonly body?: string;
	/** Name of the field that was refused. */
	readonly field?: string;
	/** Identifies a message whose fate is unknown. */
	readonly traceId?: number | string;
	/** The fault below this one. Never an object of the host's: those carry headers. */
	readonly cause?: { readonly code?: string; readonly message: string };
}

/**
 * The one error of the project. `message` says what happened, `advice` what to do next, `code` is stable:
 * `CONVOFLOW_…` for our own refusals, `FLOWAI_…`, `FLOWXO_…`, `CHATLAYER_…` for what a service did.
 */
export class ConvoflowError extends Error {
	/** Own and enumerable, since Node-RED's Catch node copies own properties only. */
	readonly code: string;
	readonly advice: string;
	// Declared only, so that a member which does not apply is absent instead of undefined.
	declare readonly status?: number;
	declare readonly retryAfterMs?: number;
	declare readonly method?: string;
	declare readonly path?: string;
	declare readonly body?: string;
	declare readonly field?: string;
	declare readonly traceId?: number | string;
	declare readonly cause?: { readonly code?: string; readonly message: string };

	constructor(code: string, message: string, details: ErrorDetails = {}) {
		super(message);
		const { advice = '', ...rest } = details;
		Object.assign(this, rest);
		this.name = 'ConvoflowError';
		this.code = code;
		this.advice = advice;
	}

	/** The same error in other words, for a place that knows more. */
	restated(words: {
		readonly code?: string;
		readonly message?: string;
		readonly advice?: string;
	}): ConvoflowError {
		const details: ErrorDetails = { ...this, advice: words.advice ?? this.advice };
		return new ConvoflowError(words.code ?? this.code, words.message ?? this.message, details);
	}
}

/**
 * Refuses input before anything is sent.
 * @param field name of the field in the definition
 * @param label the field as the form shows it
 * @param rule what is asked for, as the end of "<label> …"
 */
export function invalidInput(field: string, label: string, rule: string): ConvoflowError {
	return new ConvoflowError('CONVOFLOW_INVALID_INPUT', `${label} ${rule}`, {
		field,
		advice: `Change the field "${label}" and run again. Nothing was sent.`,
	});
}

/** The caller stopped the work. */
export function aborted(): ConvoflowError {
	return new ConvoflowError('CONVOFLOW_ABORTED', 'Stopped before it was done', {
		advice: 'The run was stopped; start it again to go on.',
	});
}

/** True for an error made by this project. */
export function isConvoflowError(error: unknown): error is ConvoflowError {
	return error instanceof ConvoflowError;
}

/** What was thrown, in its own words. Never throws, whatever it was. */
export function messageOf(thrown: unknown): string {
	if (thrown instanceof Error) return thrown.message;
	try {
		return String(thrown);
	} catch {
		return 'something without words';
	}
}

/**
 * Turns whatever was thrown into a ConvoflowError, so that a host meets one kind only. Faults of our own
 * become `CONVOFLOW_BUG` and keep their message.
 */
export function toConvoflowError(error: unknown): ConvoflowError {
	if (isConvoflowError(error)) return error;
	return new ConvoflowError('CONVOFLOW_BUG', `Something unexpected happened: ${messageOf(error)}`, {
		advice: 'Please report this with the steps that lead to it.',
	});
}
