import type { FieldMap, Trigger } from '@convoflow/kit';
import { durableFields } from './webhook';

/** Whether a trigger takes messages: a poll to check now, a stream to name threads. */
export function hasInput({ poll, name }: Trigger): boolean {
	return poll !== undefined || name === 'stream';
}

/** Here the threads of a stream may come with messages, or be all those that are written to. */
function streamFields({ name, fields }: Trigger): FieldMap {
	const { threadId } = fields;
	if (name !== 'stream' || !threadId) return {};
	return {
		threadId: {
			...threadId,
			required: false,
			description: 'The thread to listen to; several are separated by commas',
			hint: 'A message with msg.threadId adds a thread; msg.action "unsubscribe" takes it out',
		},
		sentThreads: {
			kind: 'boolean',
			label: 'Also Threads Written To',
			description: 'Whether to listen to every thread that is written to with the same credential',
			default: false,
		},
	};
}

/** Fields of a trigger that only this host has, or has in other words. */
export function hostFields(trigger: Trigger): FieldMap {
	return { ...durableFields(trigger), ...streamFields(trigger) };
}
