import { step, type FlowNode } from '../parts';

/** A rule of a Change node that sets a property of the message. */
export const set = (p: string, to: string, tot: string): FlowNode => ({ t: 'set', p, pt: 'msg', to, tot });

/** Sends what a colleague writes; the bot stays out of it. */
export const asColleague = (id: string, name: string): FlowNode =>
	step('flowai-message', 'message.sendText', name, id, {
		originatorName: 'Support',
		originatorRole: 'moderator',
	});
