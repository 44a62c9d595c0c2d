import type { Operation, Service, Trigger } from '@convoflow/kit';
import { credentials } from '@convoflow/credentials';
import { findCredential } from '@convoflow/kit';
import { anchor } from '../../docs/site/anchor';
import { paragraphs, table } from './markdown';

/** Codes that any call of a service may end with, without the name of the service. */
const OF_ANY_CALL = [
	'UNAUTHORIZED',
	'FORBIDDEN',
	'NOT_FOUND',
	'BAD_REQUEST',
	'RATE_LIMITED',
	'TIMEOUT',
	'UNAVAILABLE',
	'UNREACHABLE',
];

/** Where troubleshooting describes a code: those that services share stand there without the service. */
function linkTo(code: string): string {
	const shared = /^(?:FLOWAI|FLOWXO|CHATLAYER)_(.+)$/.exec(code)?.[1] ?? '';
	const heading = [...OF_ANY_CALL, 'TOO_LARGE', 'CONFLICT', 'REJECTED', 'NOT_JSON'].includes(shared)
		? shared
		: code;
	return `[\`${code}\`](../troubleshooting.md#${anchor(heading)})`;
}

/** The errors to which an operation gives a meaning of its own. */
export function ownErrors({ errors = {} }: Operation): string {
	const rows = Object.entries(errors).map(([code, { code: own = code, message = '', advice }]) => [
		linkTo(own),
		message,
		advice,
	]);
	return rows.length === 0
		? ''
		: paragraphs('**Errors of its own.**', table(['Code', 'What happened', 'What to do'], rows));
}

const ofAnyCall = (service: string): string[] => OF_ANY_CALL.map((meaning) => `${service}_${meaning}`);

/** What a stream may end with for good, or be refused with. */
const OF_STREAMS = [
	'FLOWAI_STREAM_REFUSED',
	'FLOWAI_STREAM_UNAVAILABLE',
	'FLOWAI_STREAM_LOST',
	'CONVOFLOW_TOO_MANY_THREADS',
];

/** The errors that a trigger may show, by what it does to hear of something. */
export function triggerErrors({ credential, poll, subscribes, address }: Trigger): string {
	const service = credential === undefined ? undefined : findCredential(credentials, credential).service.code;
	const isStream = service !== undefined && !poll && !subscribes && !address;
	const codes = [
		'CONVOFLOW_INVALID_INPUT',
		...(service === undefined ? [] : ofAnyCall(service)),
		...(isStream ? OF_STREAMS : []),
		...(address || subscribes ? ['CONVOFLOW_PATH_TAKEN'] : []),
	];
	return `It may show one of these: ${codes.map(linkTo).join(', ')}. All codes, and what to do: [troubleshooting](../troubleshooting.md).`;
}

/** The errors that every operation of a node may end with. */
export function commonErrors(service: Service, operations: readonly Operation[]): string {
	const codes = new Set(
		operations.flatMap(({ credential }) =>
			credential === undefined ? [] : findCredential(credentials, credential).service.code,
		),
	);
	const links = [...codes].flatMap(ofAnyCall).map(linkTo);
	const isSending = operations.some(({ effect }) => effect === 'send' || effect === 'destructive');
	const own = ['CONVOFLOW_INVALID_INPUT', ...(isSending ? ['CONVOFLOW_OUTCOME_UNKNOWN'] : [])].map(linkTo);
	return paragraphs(
		'## Errors',
		`Every operation of ${service.displayName} may end with one of these: ${[...own, ...links].join(', ')}. All codes, and what to do: [troubleshooting](../troubleshooting.md).`,
	);
}
