import {
	ConvoflowError,
	parseActionCall,
	REPLY_WITHIN_MS,
	TOO_SLOW,
	verifyActionCall,
	type JsonObject,
} from '@convoflow/client';
import { readFields } from '@convoflow/kit';
import type { TriggerNode } from '../model/nodes';
import { ACTION_ROUTE, addressOf } from '../model/webhook';
import { toNodeError } from '../runtime/errors';
import { findLink, readContext } from '../runtime/service-link';
import { show, showNothing } from '../runtime/status';
import type { Red } from '../runtime/red';
import { listenToActions, registerActionRoute } from './action-router';
import { checkPath, registerAddressRoute } from './address-route';
import { addAnswered, addOpen, giveUp } from './open-calls';

interface ActionSettings {
	readonly path: string;
	readonly answer: 'reply' | 'atOnce';
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function pathTaken(path: string): ConvoflowError {
	return new ConvoflowError('CONVOFLOW_PATH_TAKEN', `Another flowai-action node has the path "${path}"`, {
		advice: 'A call takes one reply, so each node needs a path of its own. Change it and deploy.',
	});
}

/** Registers the node that starts a flow when a step of a Flow.ai flow calls an action. */
export function registerActionTriggerNode(red: Red, { type, trigger, credential }: TriggerNode): void {
	if (!credential) throw new TypeError(`${type} needs a credential`);
	registerActionRoute(red);
	registerAddressRoute(red, type, ACTION_ROUTE);
	const fields = { ...addressOf(trigger)?.fields, ...trigger.fields, ...trigger.optional };

	red.nodes.registerType(type, function (config) {
		red.nodes.createNode(this, config);
		const waiting = new Set<string>();
		let stop: (() => void) | undefined;
		try {
			const { path, answer } = readFields(fields, config, readContext()) as unknown as ActionSettings;
			checkPath(path);
			const { values } = findLink(red, config[credential.name], credential);
			const tokens = [values['verifyToken'], values['secondVerifyToken']].filter(isText);
			stop = listenToActions(path, {
				verify: async (body) => await verifyActionCall(body, tokens),
				receive: (body, tokenIndex, response) => {
					const empty: JsonObject = { verifyToken: tokens[tokenIndex] ?? '' };
					const waits = answer === 'reply';
					const payload = {
						...parseActionCall(body as JsonObject),
						replyBy: waits ? new Date(Date.now() + REPLY_WITHIN_MS).toISOString() : null,
						verifiedBy: tokenIndex === 1 ? 'secondVerifyToken' : 'verifyToken',
					};
					const late = (): void => {
						show(this, 'tooSlow');
						this.warn(TOO_SLOW);
					};
					if (!waits) response.status(200).json(empty);
					const flowaiCall = waits ? addOpen(response, empty, tokenIndex, late) : addAnswered();
					waiting.add(flowaiCall);
					response.on('close', () => waiting.delete(flowaiCall));
					const { action: topic, threadId, replyUrl } = payload as JsonObject;
					this.send({ payload, topic, threadId, replyUrl, flowaiCall });
				},
				report: (error) => this.error(toNodeError(error)),
			});
			if (!stop) throw pathTaken(path);
			show(this, red.settings.httpNodeRoot === false ? 'unreachable' : 'listening');
		} catch (thrown) {
			const error = toNodeError(thrown);
			show(this, error.code === 'CONVOFLOW_NO_CREDENTIAL' ? 'noCredential' : 'failed');
			this.error(error.message);
		}
		this.on('close', (_removed, done) => {
			stop?.();
			for (const id of waiting) giveUp(id);
			showNothing(this);
			done();
		});
	});
}
