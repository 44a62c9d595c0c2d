import { ConvoflowError, type ServiceName } from '../errors';
import type { HttpResponse, JsonValue } from '../ports';
import type { Failure } from './classify';
import { meaningOf } from './status-meanings';
import { excerpt, headOf, wordsOf } from './words';

/** The request an error speaks about. */
export interface ErrorRequest {
	readonly method: string;
	/** Path without host and query. */
	readonly path: string;
	/** Address without path, to be named when it cannot be reached. */
	readonly baseUrl: string;
}

/** Makes the error for an answer whose status says no. Code: `<SERVICE>_<MEANING>`. */
export function statusError(
	service: ServiceName,
	request: ErrorRequest,
	response: HttpResponse,
	retryAfterMs: number | undefined,
	redact: (text: string) => string,
): ConvoflowError {
	const meaning = meaningOf(response.status, service.label);
	const body = headOf(response, redact);
	const words = excerpt(redact(wordsOf(body)));
	return new ConvoflowError(
		`${service.code}_${meaning.code}`,
		`${meaning.what} (status ${response.status})${words ? `: ${words}` : ''}`,
		{
			advice: meaning.advice,
			status: response.status,
			...(retryAfterMs === undefined ? {} : { retryAfterMs }),
			method: request.method,
			path: request.path,
			body: excerpt(body),
		},
	);
}

/** Makes the error for a call that may not even begin within its time, since the service asked us to wait. */
export function waitTooLongError(
	service: ServiceName,
	request: ErrorRequest,
	waitMs: number,
): ConvoflowError {
	const { code, what, advice } = meaningOf(429, service.label);
	return new ConvoflowError(`${service.code}_${code}`, what, {
		advice,
		retryAfterMs: waitMs,
		method: request.method,
		path: request.path,
	});
}

/** Makes the error for an answer that is JSON but no result: a refusal, or an unknown form. Code: `<SERVICE>_REJECTED`. */
export function rejectedError(
	service: ServiceName,
	message: string,
	advice: string,
	body: JsonValue,
	redact: (text: string) => string,
): ConvoflowError {
	return new ConvoflowError(`${service.code}_REJECTED`, redact(message), {
		advice,
		body: excerpt(redact(JSON.stringify(body))),
	});
}

/** Makes the error for an answer that is no JSON although its status says yes. Code: `<SERVICE>_NOT_JSON`. */
export function notJsonError(
	service: ServiceName,
	request: ErrorRequest,
	response: HttpResponse,
	redact: (text: string) => string,
): ConvoflowError {
	const type = response.headers['content-type'] ?? 'no content type';
	const seen = response.text.trim() === '' ? 'an empty answer' : `something else (${type})`;
	return new ConvoflowError(
		`${service.code}_NOT_JSON`,
		`${service.label} should answer with JSON but sent ${seen}`,
		{
			advice:
				'Check the base URL in the credential, then the key: a sign-in page or a proxy may have answered.',
			status: response.status,
			method: request.method,
			path: request.path,
			body: excerpt(headOf(response, redact)),
		},
	);
}

/** Makes the error for a request that brought no answer. Code: `<SERVICE>_UNREACHABLE`, `_TIMEOUT`, `_CONNECTION_LOST`, `_PROXY`, `_TLS`. */
export function failureError(
	service: ServiceName,
	request: ErrorRequest,
	failure: Failure,
	redact: (text: string) => string,
): ConvoflowError {
	const base = {
		method: request.method,
		path: request.path,
		cause: { ...(failure.code ? { code: failure.code } : {}), message: redact(failure.message) },
	};
	const address = redact(request.baseUrl);
	switch (failure.kind) {
		case 'refused':
			return new ConvoflowError(`${service.code}_UNREACHABLE`, `Nothing answers at ${address}`, {
				...base,
				advice: 'Check the base URL and its port in the credential, and that the service is running.',
			});
		case 'notFound':
			return new ConvoflowError(
				`${service.code}_UNREACHABLE`,
				`The host name in ${address} could not be found`,
				{
					...base,
					advice: 'Check the base URL in the credential for typing errors, and the network connection.',
				},
			);
		case 'proxy':
			return new ConvoflowError(`${service.code}_PROXY`, redact(failure.message), {
				...base,
				advice: `Check the address of the proxy, its user name and password, and that it lets ${address} through.`,
			});
		case 'tls':
			return new ConvoflowError(`${service.code}_TLS`, `The certificate of ${address} was not accepted`, {
				...base,
				advice:
					'Check the base URL; with a certificate of your own, add its authority: in Node-RED by the TLS configuration of the credential, in n8n by NODE_EXTRA_CA_CERTS.',
			});
		case 'timeout':
			return new ConvoflowError(`${service.code}_TIMEOUT`, `${service.label} did not answer in time`, {
				...base,
				advice: 'Try again later; if it goes on, look at the status page of the service.',
			});
		case 'reset':
			return new ConvoflowError(
				`${service.code}_CONNECTION_LOST`,
				`The connection to ${service.label} broke off`,
				{
					...base,
					advice: 'Try again; if it goes on, check proxies and firewalls on the way.',
				},
			);
		case 'blocked':
			return new ConvoflowError(`${service.code}_BLOCKED`, `The address ${address} may not be used`, {
				...base,
				advice: 'Check the base URL in the credential and the host’s rules for outgoing requests.',
			});
		case 'aborted':
			return new ConvoflowError('CONVOFLOW_ABORTED', 'Stopped before it was done', {
				...base,
				advice: 'The run was stopped; start it again to go on.',
			});
		case 'bug':
			return new ConvoflowError(
				'CONVOFLOW_BUG',
				`Something unexpected happened: ${redact(failure.message)}`,
				{
					...base,
					advice: 'Please report this with the steps that lead to it.',
				},
			);
	}
}

/** Makes the error for a send that may or may not have arrived. Code: `CONVOFLOW_OUTCOME_UNKNOWN`. */
export function outcomeUnknown(below: ConvoflowError, traceId: number | string | undefined): ConvoflowError {
	return new ConvoflowError(
		'CONVOFLOW_OUTCOME_UNKNOWN',
		`It is not known whether this arrived: ${below.message}`,
		{
			advice:
				'It was not repeated, so that nobody gets it twice. Look at the thread’s messages before sending again.',
			...(below.status === undefined ? {} : { status: below.status }),
			...(below.method === undefined ? {} : { method: below.method }),
			...(below.path === undefined ? {} : { path: below.path }),
			...(below.body === undefined ? {} : { body: below.body }),
			...(traceId === undefined ? {} : { traceId }),
			cause: { code: below.code, message: below.message },
		},
	);
}
