import { ACTION_ROUTE, CALL_ROUTE, WEBHOOK_ROUTE } from '../model/webhook';

/** What a node that is called says about its calls, by its route. */
export const CALLS: Readonly<Record<string, string>> = {
	[WEBHOOK_ROUTE]:
		'Flow.ai gets its answer before the flow runs, and an event that is delivered twice starts the flow once. Events that carry no id of their own cannot be told from a repeat and always start it.',
	[CALL_ROUTE]:
		'In Flow XO add an HTTP action to a flow: method POST, this address, a JSON body, and the secret in the header that is named here. The call gets its answer before the flow of Node-RED runs. A call with an `id` that came before starts nothing.',
	[ACTION_ROUTE]:
		'The message carries the open call as `msg.flowaiCall`; a *reply* node behind this one answers it, once. Flow.ai waits a few seconds only: a call without a reply gets an empty one after 8 seconds, and the node says so. For slow work let this node answer at once and send the result with *Reply later*, to `msg.replyUrl`. The verify token is never part of a message.',
};

/** What a node that listens to a thread says about its connection. */
export const STREAM =
	'Nodes that listen to the same thread with the same credential share one connection. It is opened when the first of them starts, comes back by itself after a loss, and stays open over a deploy. When Flow.ai refuses for good, the node says so once and stops. What was missed in between is read from the thread’s history and comes once and in order, with `recovered` set to true; where messages carry no ids and a bot repeats itself, a message may come twice. What the history no longer holds is told by an event *gap* with `from` and `to`, and by the status. A message with `msg.threadId` (a text or a list) adds threads, one with `msg.action` set to `unsubscribe` takes them out again.';

/** What Durable means, and what it does not. */
export const DURABLE_HELP = `

With *Durable* on, an event is on disk before Flow.ai gets its answer. It is done when every node that its message reached has called done for it; the node follows the message by its \`_msgid\`. Events that were not done when Node-RED ended are sent again when it starts, with \`msg.redelivered\` set to true: each runs at least once, and one more time for each end of Node-RED that it was on its way at, three times at most. A full deploy cuts messages off as well, and they are sent again after it. What is not followed: a node that makes a new message with another \`_msgid\`, a node of the old style that cannot call done (its event counts as done when it has taken the message), and a flow that takes longer than ten minutes. Without Durable, the events that are on their way when Node-RED ends are lost, and so is the memory of repeats.

The files are below Node-RED’s user directory, in the folder convoflow. They hold the text of the messages and are deleted with the node.`;

/** What a call of an HTTP action of Flow XO becomes. */
export const CALL_OUTPUT =
	'the call: `conversationId`, `text`, `userName` and others, as far as the body names them, and the untouched `body`. Members that are understood: `id`, `event`, `response_path`, `message`, `user_name`, `bot_id`, `bot_name`, `bot_platform`';

/** What a node that asks from time to time says about it. */
export const POLL =
	'Each event is a message of its own, the oldest first. The first check takes only what comes after it. Where the node stopped is kept in Node-RED’s user directory, so that nothing is lost or repeated over a restart or a deploy; after a crash the events of the last check may come twice, with the same `eventKey`. The status shows when the last check ended and how many events it brought. Only what the service shows in its lists is seen: a live chat that starts and ends between two checks is not.';
