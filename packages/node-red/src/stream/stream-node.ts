import type { ConvoflowError, FlowAiSocketClient, StreamStatus } from '@convoflow/client';
import { readFields } from '@convoflow/kit';
import type { TriggerNode } from '../model/nodes';
import { explain, toNodeError } from '../runtime/errors';
import { findLink, readContext } from '../runtime/service-link';
import { show, showNothing, type StatusName } from '../runtime/status';
import type { Red, RedNode } from '../runtime/red';

const STATUS_BY_STATE: Readonly<Record<Exclude<StreamStatus['state'], 'failed'>, StatusName>> = {
	connecting: 'connecting',
	connected: 'connected',
	waiting: 'reconnecting',
	stopped: 'connecting',
};

interface StreamSettings {
	readonly threadId: string;
	readonly events: readonly string[];
}

/** Why Flow.ai gives no connection (Flow.ai reference §5.2); the whole of it is in the debug sidebar. */
function reasonOf({ code, status }: ConvoflowError): StatusName {
	if (status === 400 || status === 401 || code === 'FLOWAI_STREAM_REFUSED') return 'clientIdRefused';
	return status === 402 || status === 403 ? 'notAllowed' : 'stopped';
}

function tell(node: RedNode, status: StreamStatus): void {
	if (status.state === 'failed') {
		show(node, reasonOf(status.error));
		node.error(explain(status.error));
	} else {
		show(node, STATUS_BY_STATE[status.state]);
	}
}

/** Registers the node that starts a flow when something happens in a thread of a web channel. */
export function registerStreamNode(red: Red, { type, trigger, credential }: TriggerNode): void {
	if (!credential) throw new TypeError(`${type} needs a credential`);
	const fields = { ...trigger.fields, ...trigger.optional };

	red.nodes.registerType(type, function (config) {
		red.nodes.createNode(this, config);
		let stop = (): void => undefined;
		try {
			const { threadId, events } = readFields(fields, config, readContext()) as unknown as StreamSettings;
			const { threads } = findLink(red, config[credential.name], credential).client as FlowAiSocketClient;
			const lease = threads.acquire(threadId, {
				onEvent: (kind, output) => {
					if (events.includes(kind)) this.send({ payload: output, topic: kind, threadId });
				},
				onStatus: (status) => tell(this, status),
			});
			stop = () => lease.release();
		} catch (thrown) {
			const error = toNodeError(thrown);
			show(this, error.code === 'CONVOFLOW_NO_CREDENTIAL' ? 'noCredential' : 'failed');
			this.error(error.message);
		}
		this.on('close', (_removed, done) => {
			stop();
			showNothing(this);
			done();
		});
	});
}
