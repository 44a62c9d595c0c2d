import { ACTION_ROUTE, CALL_ROUTE, WEBHOOK_ROUTE } from '../../model/webhook';

/** What a node that is called says about its calls, by its route. */
export const CALLS: Readonly<Record<string, string>> = {
	[WEBHOOK_ROUTE]:
		'Flow.ai gets its answer before the flow runs, and an event that is delivered twice starts the flow once. Events that carry no id of their own cannot be told from a repeat and always start it.',
	[CALL_ROUTE]:
		'In Flow XO add an HTTP action to a flow: method POST, this address, a JSON body, and the secret in the header that is named here. The call gets its answer before the flow of Node-RED runs. Each call starts the flow; one that repeats the `event` and `id` of another has the same `eventKey`.',
	[ACTION_ROUTE]:
		'The message carries the open call as `msg.flowaiCall`; a *reply* node behind this one answers it, once. Flow.ai waits a few seconds only: a call without a reply gets an empty one after 8 seconds, and the node says so. For slow work let this node answer at once and send the result with *Reply later*, to `msg.replyUrl`. The verify token is never part of a message.',
};

/** What a node that listens to a thread says about its connection. */
export const STREAM =
	'Nodes that listen to the same thread with the same credential share one connection. It is opened when the first of them starts, comes back by itself after a loss, and stays open over a deploy. When Flow.ai refuses for good, the node says so once and stops. What was missed in between is read from the thread’s history and comes once and in order, with `recovered` set to true; where messages carry no ids and a bot repeats itself, a message may come twice. What the history no longer holds is told by an event *gap* with `from` and `to`, and by the status. A message with `msg.threadId` (a text or a list) adds threads, one with `msg.action` set to `unsubscribe` takes them out again.';

/** What Durable means, and what it does not; a paragraph each. */
export const DURABLE: readonly string[] = [
	'With *Durable* on, an event is on disk before Flow.ai gets its answer. It is done when every node that its message reached has called done for it; the node follows the message by its `_msgid`. Events that were not done when Node-RED ended are sent again when it starts, with `msg.redelivered` set to true: each runs at least once, and one more time for each end of Node-RED that it was on its way at, three times at most. A full deploy cuts messages off as well, and they are sent again after it. What is not followed: a node that makes a new message with another `_msgid`, a node of the old style that cannot call done (its event counts as done when it has taken the message), and a flow that takes longer than ten minutes. Without Durable, the events that are on their way when Node-RED ends are lost, and so is the memory of repeats.',
	'The files are below Node-RED’s user directory, in the folder convoflow. They hold the text of the messages and are deleted with the node.',
];

/** What a call of an HTTP action of Flow XO becomes. */
export const CALL_OUTPUT =
	'the call: `conversationId`, `text`, `userName` and others, as far as the body names them, and the untouched `body`. Members that are understood: `id`, `event`, `response_path`, `message`, `user_name`, `bot_id`, `bot_name`, `bot_platform`';

/** What a node that asks from time to time says about it. */
export const POLL =
	'Each event is a message of its own, the oldest first. The first check takes only what comes after it. Where the node stopped is kept in Node-RED’s user directory, so that nothing is lost or repeated over a restart or a deploy; after a crash the events of the last check may come twice, with the same `eventKey`. The status shows when the last check ended and how many events it brought. Only what the service shows in its lists is seen: a live chat that starts and ends between two checks is not.';

/** What a node that asks for tracked events says about it. */
export const POLL_EVENTS =
	'Each event is a message of its own, the oldest first. The first check takes only what comes after it. Where the node stopped is kept in Node-RED’s user directory, so that nothing is lost or repeated over a restart or a deploy; after a crash the events of the last check may come twice, with the same `eventKey`. An event that shows up more than five minutes after newer ones is not seen.';

/** What a node that subscribes says about it; a paragraph each. */
export const SUBSCRIPTION: readonly string[] = [
	'The node subscribes its own address when it is deployed: the public URL, the root of HTTP nodes, `/chatlayer/events` and the id of the node. It ends that when it is deleted or disabled. Over a restart or a deploy the subscription stays; at each start the node asks Chatlayer whether it is still there, and subscribes anew where it is not. While it subscribes Chatlayer calls the address and wants its challenge back: the status *address not verified* says that this did not work, and the node tries again after a while.',
	'A call gets its answer before the flow runs, and an event that is delivered twice starts the flow once. When Chatlayer ends the subscription, the status shows *subscription ended*, the log has the reason, and a message with the topic `revoked` comes out if *Subscription ended* is chosen; deploy the node to subscribe again. The form of the signature and the place of the challenge are not published by Chatlayer: try *Signature* before you rely on it.',
	'With *Durable* on, an event is on disk before its call gets an answer, and it is sent again after a crash with `msg.redelivered` set to true.',
];
