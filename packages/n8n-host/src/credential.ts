import { isConvoflowError, Pace, Traffic, type Ports } from '@convoflow/client';
import {
	clientOptions,
	connect,
	FORM_IS_RIGHT,
	inCredential,
	prepareSigning,
	readFields,
	type Credential,
	type CredentialValues,
	type Input,
	type SecretSet,
} from '@convoflow/kit';
import type {
	ICredentialDataDecryptedObject,
	IHookFunctions,
	IHttpRequestOptions,
	INodeCredentialTestResult,
	IWebhookFunctions,
} from 'n8n-workflow';
import { portsFor, type RequestContext } from './ports';

// Credentials hold no date-times, so the zone that these would be read in does not matter.
const READ = { timeZone: 'UTC' };

/**
 * Signs a request of n8n. This is the `authenticate` of every credential. The base address of a credential
 * test is put in its normal form on the way, so that it works with and without a slash at the end.
 * @throws CONVOFLOW_INVALID_INPUT when a field of the credential is empty or wrong
 */
export function signRequest(
	credential: Credential,
	stored: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const values = readFields(credential.fields, stored, READ);
	const { headers, query } = prepareSigning(credential, values).signatureFor(options.url);
	return {
		...options,
		...(options.baseURL === undefined ? {} : { baseURL: credential.baseUrl(values) }),
		headers: { ...options.headers, ...headers },
		qs: { ...options.qs, ...query },
	};
}

/** The way to a service with one credential, and the ports that lead there. */
export interface Connection {
	readonly client: unknown;
	readonly ports: Ports;
	/** Ends what the client keeps open. Safe to repeat. */
	close(): Promise<void>;
	/** The client that works as the options of an input say; `client` itself where they say nothing. */
	clientFor(input: Input): unknown;
}

/**
 * Opens the way to a service with the credential that the user chose for a node. Its clients keep one pace and
 * share the waits that the service asks for.
 * @throws CONVOFLOW_INVALID_INPUT when a field of the credential is wrong; n8n's own error when none is chosen
 */
export async function connectCredential(
	context: RequestContext,
	credential: Credential,
): Promise<Connection> {
	return await withCredential(context, credential, (values) => {
		const { redact } = prepareSigning(credential, values);
		const ports = portsFor(context, credential.name, redact);
		const shared = { pace: new Pace(), traffic: new Traffic() };
		const client = connect(credential, ports, values, shared);
		const clientFor = (input: Input): unknown => {
			const options = clientOptions(input);
			const isOne = credential.disconnect !== undefined || Object.keys(options).length === 0;
			return isOne ? client : connect(credential, ports, values, { ...shared, ...options });
		};
		return { client, ports, clientFor, close: async () => await credential.disconnect?.(client) };
	});
}

/**
 * Reads the values that the user gave a credential of a node and uses them.
 * @throws CONVOFLOW_INVALID_INPUT that names the credential when a field of it is wrong; n8n's own error when
 * none is chosen
 */
export async function withCredential<T>(
	context: RequestContext | IHookFunctions | IWebhookFunctions,
	{ name, displayName, fields }: Pick<Credential, 'name' | 'displayName' | 'fields'>,
	use: (values: CredentialValues) => T,
): Promise<T> {
	const stored = await context.getCredentials(name);
	try {
		return use(readFields(fields, stored, READ));
	} catch (error) {
		throw inCredential(error, context.getNode().credentials?.[name]?.name ?? displayName);
	}
}

/** Tests a credential by its form: nothing can be called with it. */
export function testSecrets(
	secrets: SecretSet & Partial<Pick<Credential, 'baseUrl'>>,
	stored: ICredentialDataDecryptedObject | undefined,
): INodeCredentialTestResult {
	try {
		const values = readFields(secrets.fields, stored ?? {}, READ);
		secrets.baseUrl?.(values);
		return { status: 'OK', message: FORM_IS_RIGHT };
	} catch (error) {
		return { status: 'Error', message: isConvoflowError(error) ? error.message : 'It could not be read' };
	}
}
