import { toConvoflowError, type ConvoflowError } from '@convoflow/client';

/**
 * Says that an error comes from a credential, not from the form in which the user would look first.
 * @param thrown what reading, signing or connecting threw; an error about no field is left as it is
 * @param label the credential as the user named it
 */
export function inCredential(thrown: unknown, label: string): ConvoflowError {
	const error = toConvoflowError(thrown);
	if (error.field === undefined) return error;
	const named = `the credential "${label}"`;
	return error.restated({
		message: `${error.message} in ${named}`,
		// Advice that knows the credential already says more than to correct it.
		advice: error.advice.includes('the credential')
			? error.advice.replace('the credential', named)
			: `Open ${named} in this node and correct it. Nothing was sent.`,
	});
}
