import {
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type INodeParameters,
} from 'n8n-workflow';
import { credentialTypeOf, type Tree } from './tree';

/** Credential values by credential name. */
export type Credentials = Readonly<Record<string, ICredentialDataDecryptedObject>>;

/** n8n's helper for credentials, with the `authenticate` of the built classes. */
export function credentialsHelper(tree: Tree, credentials: Credentials): object {
	return {
		// n8n fills in the defaults of fields that were never saved.
		getDecrypted: (_data: unknown, { name }: { name: string }) =>
			Promise.resolve(
				NodeHelpers.getNodeParameters(
					credentialTypeOf(tree, name).properties,
					{ ...credentials[name] } as INodeParameters,
					true,
					false,
					null,
					null,
				),
			),
		authenticate: async (
			values: ICredentialDataDecryptedObject,
			name: string,
			options: IHttpRequestOptions,
		): Promise<IHttpRequestOptions> => {
			const { authenticate } = credentialTypeOf(tree, name);
			if (typeof authenticate !== 'function') throw new Error(`${name} has no authenticate function`);
			return await authenticate(values, options);
		},
		preAuthentication: () => Promise.resolve(undefined),
		runPreAuthentication: () => Promise.resolve(undefined),
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: () => [],
		getCredentials: () => Promise.resolve({}),
		updateCredentials: () => Promise.resolve(),
	};
}
