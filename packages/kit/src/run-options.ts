import { DEFAULT_RETRY, DEFAULT_TIMEOUT_MS, type HttpClientOptions } from '@convoflow/client';
import type { BooleanField, FieldMap, NumberField } from './fields';
import type { Input, Operation } from './operation';

const requestTimeout = {
	kind: 'number',
	label: 'Timeout (Seconds)',
	description: 'How long to wait for the answer to a request, in seconds',
	placeholder: `e.g. ${DEFAULT_TIMEOUT_MS / 1_000}`,
	default: DEFAULT_TIMEOUT_MS / 1_000,
	min: 0.1,
	max: 600,
} as const satisfies NumberField;

const retries = {
	kind: 'number',
	label: 'Retries',
	description:
		'How often a request is repeated after a passing fault; a message is repeated only when it surely did not arrive',
	placeholder: `e.g. ${DEFAULT_RETRY.retries}`,
	default: DEFAULT_RETRY.retries,
	integer: true,
	min: 0,
	max: 10,
} as const satisfies NumberField;

const requestsPerSecond = {
	kind: 'number',
	label: 'Requests per Second',
	description:
		'Most requests that this node makes in a second, pages and repeats among them; no limit when empty',
	placeholder: 'e.g. 5',
	min: 0.01,
	max: 1_000,
} as const satisfies NumberField;

const maskPersonalData = {
	kind: 'boolean',
	label: 'Mask Personal Data',
	description:
		'Whether to replace names, email addresses, phone numbers and profiles in what is read; IDs and names inside texts stay',
	default: false,
} as const satisfies BooleanField;

/** How an operation is run: the same choice for every operation that asks something of a service. */
export function runOptions({
	credential,
	effect,
	alsoReads,
	makesNoRequests,
}: Pick<Operation, 'credential' | 'effect' | 'alsoReads' | 'makesNoRequests'>): FieldMap {
	if (credential === undefined) return {};
	return {
		...(effect === 'read' || alsoReads ? { maskPersonalData } : {}),
		...(makesNoRequests ? {} : { requestTimeout, requestsPerSecond, retries }),
	};
}

/**
 * What the options of an input ask of the client; what is as by default is left out.
 * @param input made by `readInput`
 */
export function clientOptions(
	input: Input,
): Pick<HttpClientOptions, 'timeoutMs' | 'retries' | 'requestsPerSecond'> {
	const seconds = input['requestTimeout'];
	const repeats = input['retries'];
	const perSecond = input['requestsPerSecond'];
	return {
		...(typeof seconds === 'number' && seconds !== requestTimeout.default
			? { timeoutMs: Math.round(seconds * 1_000) }
			: {}),
		...(typeof repeats === 'number' && repeats !== retries.default ? { retries: repeats } : {}),
		...(typeof perSecond === 'number' ? { requestsPerSecond: perSecond } : {}),
	};
}
