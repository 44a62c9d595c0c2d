import { isConvoflowError } from '@convoflow/client';
import { toNodeError } from '../runtime/errors';
import type { RedNode } from '../runtime/red';
import { show, type StatusName } from '../runtime/status';
import type { SubscriptionReports } from './subscription-life';

/** What a node shows when its subscription does not work. */
export function statusOf(error: unknown): StatusName {
	if (!isConvoflowError(error)) return 'failed';
	if (error.code === 'CHATLAYER_ADDRESS_NOT_VERIFIED') return 'notVerified';
	if (error.code === 'CONVOFLOW_NO_CREDENTIAL') return 'noCredential';
	return error.status === 401 || error.status === 403 ? 'keyRefused' : 'failed';
}

/** Tells of a subscription by status and log, each trouble once. */
export function reportsOf(node: RedNode): SubscriptionReports {
	let told = '';
	return {
		begun: () => show(node, 'subscribing'),
		subscribed: () => show(node, 'listening'),
		failed: (error, isFinal) => {
			show(node, statusOf(error));
			const { message } = toNodeError(error);
			if (told !== message) node.error(`${message}${isFinal ? '' : ' The node tries again after a while.'}`);
			told = message;
		},
		left: (error) =>
			node.warn(
				`The subscription could not be ended: ${toNodeError(error).message} Chatlayer goes on calling until it gives up; end it with the operation Subscription, Delete.`,
			),
	};
}
