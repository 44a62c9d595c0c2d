import {
	HttpClient,
	type HttpClientOptions,
	isConvoflowError,
	isObject,
	messageOf,
	pathPart,
	textOf,
	type JsonObject,
	type JsonValue,
	type Ports,
	type ServiceName,
} from '@convoflow/client';
import type { FieldMap, InputOf } from './fields';

/** What a credential adds to a request. */
export interface Signature {
	readonly headers?: Readonly<Record<string, string>>;
	readonly query?: Readonly<Record<string, string>>;
}

/** A harmless call that shows whether a credential works. */
export interface CredentialTest {
	readonly method: 'GET' | 'POST';
	/** Begins with a slash, below the base URL; `{name}` stands for the value of a field. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: JsonObject;
	/** What a right answer is. Default `object`. */
	readonly answer?: 'object' | 'list';
	/**
	 * Member that a right answer always has, each entry of a list its own; its absence shows a sign-in page or
	 * another service.
	 */
	readonly proof: string;
}

/** Another API that a credential leads to, with a key of its own. */
export interface SecondApi {
	/** Normalised base address, without a trailing slash. */
	readonly baseUrl: string;
	/** What is added to requests below that address, instead of what the credential adds to all others. */
	readonly signature: Signature;
}

interface CredentialBase {
	/** Ends in `Api`, e.g. `flowAiApi`. */
	readonly name: string;
	/** Title Case. */
	readonly displayName: string;
	/** Type of the config node in Node-RED. */
	readonly nodeRedType: string;
	readonly documentationUrl: string;
	readonly service: ServiceName;
	/** The call that shows whether it works; absent where nothing can be called, so that only the form is checked. */
	readonly test?: CredentialTest;
}

/** A credential as its file writes it. */
export interface CredentialSpec<F extends FieldMap, C> extends CredentialBase {
	readonly fields: F;
	readonly sign: (values: InputOf<F>) => Signature;
	/** The other API that it leads to, where the user gave it a key for that. Throws CONVOFLOW_INVALID_INPUT. */
	readonly secondApi?: (values: InputOf<F>) => SecondApi | undefined;
	/** Normalised base address, without a trailing slash. Throws CONVOFLOW_INVALID_INPUT. */
	readonly baseUrl: (values: InputOf<F>) => string;
	/** Makes the client whose requests this credential signs. */
	readonly connect: (ports: Ports, values: InputOf<F>, options: HttpClientOptions) => C;
	/** Ends what the client keeps open between calls; absent where it keeps nothing. A client that is ended
	 * so is one for all who use it, whatever their options. */
	readonly disconnect?: (client: C) => Promise<void>;
}

/** A credential as hosts see it. */
export interface Credential extends CredentialBase {
	readonly fields: FieldMap;
	readonly sign: (values: CredentialValues) => Signature;
	readonly secondApi?: (values: CredentialValues) => SecondApi | undefined;
	readonly baseUrl: (values: CredentialValues) => string;
	readonly connect: (ports: Ports, values: CredentialValues, options: HttpClientOptions) => unknown;
	readonly disconnect?: (client: unknown) => Promise<void>;
}

/** Values of a credential by field name, read by `readFields`. */
export type CredentialValues = Readonly<Record<string, unknown>>;

/** Defines a credential; `sign` and `connect` are typed from its fields. */
export function defineCredential<const F extends FieldMap, C>(spec: CredentialSpec<F, C>): Credential {
	return spec as unknown as Credential;
}

/**
 * Makes the client of a credential. The ports sign requests with the same values.
 * @param options how it is to make its calls, where that is not as by default
 */
export function connect(
	credential: Credential,
	ports: Ports,
	values: CredentialValues,
	options: Omit<HttpClientOptions, 'baseUrl'> = {},
): unknown {
	return credential.connect(ports, values, { ...options, baseUrl: credential.baseUrl(values) });
}

/** Outcome of a credential test, in words for the user. */
export interface TestResult {
	readonly ok: boolean;
	readonly message: string;
	readonly advice: string;
	readonly code?: string;
}

/** What a service says in an answer whose own `status` is no success; undefined for any other answer. */
function refusalOf(answer: JsonValue | undefined): string | undefined {
	if (!isObject(answer) || typeof answer['status'] !== 'string' || answer['status'] === 'ok')
		return undefined;
	const payload = isObject(answer['payload']) ? answer['payload'] : {};
	return textOf(answer['message']) ?? textOf(answer['error']) ?? textOf(payload['message']) ?? '';
}

/** What a test says where the form is all that can be checked. */
export const FORM_IS_RIGHT = 'The form is right; whether it fits shows with the first call';

function textAt(values: CredentialValues, name: string): string {
	const value = values[name];
	return typeof value === 'string' ? value.trim() : '';
}

/**
 * The path of a credential's test with the values of its fields.
 * @param path with `{name}` where the value of a field stands
 * @throws CONVOFLOW_INVALID_INPUT with the field whose value is no part of a path
 */
export function testPath(path: string, fields: FieldMap, values: CredentialValues): string {
	return path.replace(/\{(\w+)\}/g, (_all, name: string) =>
		pathPart(name, fields[name]?.label ?? name, textAt(values, name)),
	);
}

function isProof({ answer = 'object', proof }: CredentialTest, given: JsonValue | undefined): boolean {
	const has = (one: JsonValue | undefined): boolean => isObject(one) && Object.hasOwn(one, proof);
	return answer === 'list' ? Array.isArray(given) && given.every(has) : has(given);
}

/** Tries a credential by its test call, or by its form where it has none. Never throws. */
export async function testCredential(
	credential: Credential,
	ports: Ports,
	values: CredentialValues,
): Promise<TestResult> {
	const { test, service } = credential;
	try {
		const baseUrl = credential.baseUrl(values);
		if (!test) return { ok: true, message: FORM_IS_RIGHT, advice: '' };
		const http = new HttpClient(ports, service, {
			baseUrl,
			timeoutMs: 10_000,
			retries: 0,
		});
		const answer = await http.json({
			method: test.method,
			path: testPath(test.path, credential.fields, values),
			effect: 'read',
			...(test.query ? { query: test.query } : {}),
			...(test.body ? { body: test.body } : {}),
		});
		const refusal = refusalOf(answer);
		if (refusal !== undefined) {
			return {
				ok: false,
				code: `${service.code}_REJECTED`,
				message: ports.redact(`${service.label} refused this${refusal === '' ? '' : `: ${refusal}`}`),
				advice: 'Open the credential, paste the key again and check the base URL.',
			};
		}
		if (isProof(test, answer)) return { ok: true, message: `Connected to ${service.label}`, advice: '' };
		return {
			ok: false,
			code: `${service.code}_NOT_JSON`,
			message: `The base URL answers, but not as ${service.label} does`,
			advice: 'Check the base URL.',
		};
	} catch (error) {
		if (isConvoflowError(error))
			return { ok: false, code: error.code, message: error.message, advice: error.advice };
		return {
			ok: false,
			code: 'CONVOFLOW_BUG',
			message: ports.redact(messageOf(error)),
			advice: 'Please report this.',
		};
	}
}

/** Secrets that incoming calls are checked with: nothing is reached with them. */
export interface SecretSet {
	/** Ends in `Api`, as n8n asks of credentials. */
	readonly name: string;
	readonly displayName: string;
	readonly documentationUrl: string;
	readonly fields: FieldMap;
}

/** Defines a set of secrets. n8n shows it as a credential, Node-RED keeps it with the trigger node. */
export function defineSecretSet(spec: SecretSet): SecretSet {
	return spec;
}
