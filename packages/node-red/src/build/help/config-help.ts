import type { Credential } from '@convoflow/kit';
import type { Language } from '../language';
import { fieldList, keyLink } from './parts';

/** Help of a config node. */
export function configHelp(
	{ displayName, service, fields, documentationUrl }: Credential,
	language: Language,
): string {
	return [
		language.say('Credential for {service}: {name}.', { service: service.label, name: displayName }),
		`### ${language.say('Details')}`,
		fieldList(language, fields),
		language.say(
			'Keys are kept in Node-RED’s encrypted credentials. They are never part of an exported flow, so enter them again after an import. A field may hold `${NAME}`, the name of an environment variable.',
		),
		language.say(
			'Proxy and TLS take Node-RED’s own config nodes, for requests and sockets alike. Without a proxy there, the environment variables `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` hold.',
		),
		language.say('Test connection tries the values as they stand in the form, before they are deployed.'),
		`### ${language.say('References')}`,
		keyLink(language, displayName, documentationUrl),
	].join('\n\n');
}
