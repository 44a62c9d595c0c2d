import type { Credential, SecretSet } from '@convoflow/kit';
import { properties } from './field-property';
import { literal } from './literal';
import { className } from './packages';

function shared(
	name: string,
	displayName: string,
	documentationUrl: string,
	icon: string,
	fields: Credential['fields'],
): string {
	const icons = { light: `file:../icons/${icon}.svg`, dark: `file:../icons/${icon}.dark.svg` };
	return `
	name = ${literal(name)};

	displayName = ${literal(displayName)};

	icon: Icon = ${literal(icons)};

	documentationUrl = ${literal(documentationUrl)};

	properties: INodeProperties[] = ${literal(properties(fields))};
`;
}

/** A path of the test as n8n reads it: an expression where it holds values of the credential. */
function urlOf(path: string): string {
	const filled = path.replace(/\{(\w+)\}/g, '{{encodeURIComponent($credentials.$1)}}');
	return filled === path ? path : `=${filled}`;
}

/** The member that tests a credential by its call; one without a call is tested by a node. */
function testMember({ test, service }: Credential): string {
	if (!test) return '';
	const request = {
		method: test.method,
		baseURL: '={{$credentials.baseUrl}}',
		url: urlOf(test.path),
		...(test.query ? { qs: test.query } : {}),
		...(test.body ? { body: test.body } : {}),
		// A redirect to a sign-in page must not count as an answer.
		disableFollowRedirect: true,
		timeout: 10_000,
	};
	// n8n looks at the first entry of a list. It fails a test when the member equals the value: a missing proof
	// shows another service, and some services answer a refusal with status 200.
	const rules = [
		{
			key: test.proof,
			value: undefined,
			message: `The base URL answers, but not as ${service.label} does. Check the base URL.`,
		},
		{
			key: 'status',
			value: 'error',
			message: `${service.label} refused this. Check the values above, one by one, and the base URL.`,
		},
	].map((properties) => ({ type: 'responseSuccessBody', properties }));
	return `
	test: ICredentialTestRequest = {
		request: ${literal(request)},
		rules: ${literal(rules)},
	};
`;
}

/** The source of a credential class. Its base address gets its normal form in `signRequest`. */
export function credentialFile(credential: Credential, icon: string): string {
	const { name, displayName, documentationUrl, fields, test } = credential;
	const types = [
		'Icon',
		'IAuthenticate',
		...(test ? ['ICredentialTestRequest'] : []),
		'ICredentialType',
		'INodeProperties',
	];
	return `import type { ${types.join(', ')} } from 'n8n-workflow';
import { ${name} } from '@convoflow/credentials';
import { signRequest } from '@convoflow/n8n-host';

export class ${className(name)} implements ICredentialType {${shared(name, displayName, documentationUrl, icon, fields)}
	authenticate: IAuthenticate = async (credentials, requestOptions) =>
		signRequest(${name}, credentials, requestOptions);
${testMember(credential)}}
`;
}

/** The source of a credential class that only holds secrets; the trigger that uses it tests its form. */
export function secretsFile(
	{ name, displayName, documentationUrl, fields }: SecretSet,
	icon: string,
): string {
	return `import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class ${className(name)} implements ICredentialType {${shared(name, displayName, documentationUrl, icon, fields)}}
`;
}
