import { repeatAdvice, type Operation } from '@convoflow/kit';
import type { INodeProperties } from 'n8n-workflow';
import { hiddenFromTools, shownToTools } from '../tool-output';
import type { Show } from './field-property';

/** What n8n's own Retry On Fail does to an operation that sends. */
const RETRY_ON_FAIL = 'Retry On Fail is safe all the same: what was sent is not sent again.';

/**
 * Tells on top of a form that its operation is not safe to repeat; nothing where it is.
 * @param show when the form is seen
 */
export function repeatNotices(operation: Operation, show: Show): INodeProperties[] {
	const { readsWhen, ...otherwise } = operation;
	const { effect } = operation;
	if (effect === 'read' || effect === 'idempotent') return [];
	const words = repeatAdvice(otherwise);
	const notice = (name: string, displayName: string): INodeProperties => ({
		displayName,
		name,
		type: 'notice',
		displayOptions: {
			// Each property has lists of its own: more operations join those of one that they share.
			show: Object.fromEntries(Object.entries(show).map(([key, values]) => [key, [...values]])),
			...(readsWhen ? { hide: { [readsWhen.field]: [readsWhen.is] } } : {}),
		},
		default: '',
	});
	if (effect === 'destructive') return [notice('repeatNotice', words)];
	// Each try of an agent is a call of its own, which knows nothing of the one before.
	return [
		hiddenFromTools(notice('repeatNotice', `${words} ${RETRY_ON_FAIL}`)),
		shownToTools(notice('toolRepeatNotice', words)),
	];
}
