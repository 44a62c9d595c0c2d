import { THREADS } from '../../visitors';
import { bot, type Node } from '../flow-parts';
import { GROUPS, place } from './page';

/** Keeps the last lines of each conversation, with who said them, whether the bot is paused, and which is looked at. */
const REMEMBER = `const state = flow.get('talks') || { chosen: '${THREADS.rest}', talks: {} };
const { topic, payload } = msg;
if (topic === 'choose') state.chosen = payload;
const id = topic === 'choose' ? '' : String(msg.threadId || payload?.threadId || '').split('|')[0];
if (id) {
	const talk = (state.talks[id] ??= { lines: [], isPaused: false });
	const isKnown = (who, text) => talk.lines.slice(-3).some((line) => line.who === who && line.text === text);
	const say = (who, text) => text && talk.lines.push({ who, text, at: new Date().toLocaleTimeString() });
	const note = (text) => isKnown('note', text) || say('note', text);
	const pause = (isPaused) => {
		if (isPaused !== talk.isPaused) note(isPaused ? 'The bot is paused' : 'The bot answers again');
		talk.isPaused = isPaused;
	};
	if (msg.said) say('visitor', msg.said);
	else if (topic === 'message') {
		const asked = payload.messages?.[0]?.replyTo;
		if (asked && !isKnown('visitor', asked)) say('visitor', asked);
		say(payload.role === 'moderator' ? 'colleague' : 'bot', payload.text);
	} else if (topic === 'handover') note('The visitor asks for a human');
	else if (topic === 'paused' || topic === 'resumed') pause(topic === 'paused');
	else if (typeof payload?.isPaused === 'boolean') pause(payload.isPaused);
	talk.lines = talk.lines.slice(-30);
}
flow.set('talks', state);
flow.set('chosen', state.chosen);
return { payload: state };`;

const TALK = `<template>
	<div class="whole">
		<ul class="list" aria-label="Conversations">
			<li v-for="(talk, id) in talks" :key="id">
				<button type="button" :aria-pressed="id === chosen" @click="send({ topic: 'choose', payload: id })">
					<strong>{{ id }}</strong> <small>{{ talk.isPaused ? 'waits for a human' : 'bot' }}</small>
				</button>
			</li>
		</ul>
		<div>
			<p class="state" role="status">{{ talk.isPaused ? 'The bot is paused: a colleague answers' : 'The bot answers' }}</p>
			<div class="talk" role="log" aria-label="The conversation" aria-live="polite" tabindex="0">
				<p v-if="!talk.lines.length" class="note">Press a button below, or write in the sandbox console.</p>
				<p v-for="(line, index) in talk.lines" :key="index" :class="line.who">
					<small>{{ line.who === 'note' ? '' : line.who }} {{ line.at }}</small>
					<span>{{ line.text }}</span>
				</p>
			</div>
		</div>
	</div>
</template>
<script>
export default {
	computed: {
		talks() { return this.msg?.payload?.talks ?? {}; },
		chosen() { return this.msg?.payload?.chosen ?? '${THREADS.rest}'; },
		talk() { return this.talks[this.chosen] ?? { lines: [], isPaused: false }; },
	},
	updated() {
		const talk = this.$el.querySelector?.('.talk');
		if (talk) talk.scrollTop = talk.scrollHeight;
	},
};
</script>
<style scoped>
.whole { display: grid; grid-template-columns: 150px minmax(0, 1fr); gap: 12px; }
.list { list-style: none; margin: 0; padding: 0; }
.list button { width: 100%; padding: 6px 8px; border-radius: 6px; text-align: left; overflow-wrap: anywhere; }
.list button[aria-pressed='true'] { background: rgba(var(--v-theme-primary), 0.15); }
.list small { display: block; }
.talk { height: 380px; overflow-y: auto; display: flex; flex-direction: column; gap: 8px; }
.talk p { max-width: 75%; margin: 0; padding: 8px 12px; border-radius: 10px; background: rgb(var(--v-theme-background)); align-self: flex-start; }
.talk small { display: block; opacity: 0.8; }
.talk .visitor { align-self: flex-end; background: rgba(var(--v-theme-primary), 0.15); }
.talk .note { align-self: center; background: none; font-style: italic; }
.state { margin: 0 0 12px; font-weight: bold; }
</style>`;

function uiButton(id: string, label: string, icon: string, order: number, payload: string): Node {
	return {
		id,
		type: 'ui-button',
		group: GROUPS.act,
		name: label,
		label,
		order,
		width: '2',
		height: '1',
		emulateClick: false,
		tooltip: '',
		color: '',
		bgcolor: '',
		className: '',
		icon,
		iconPosition: 'left',
		payload,
		payloadType: 'str',
		topic: 'threadId',
		topicType: 'str',
		enableClick: true,
	};
}

/** What a button says goes to the conversation that is looked at, at first the one of the demo. */
function toThread(id: string, ...to: string[]): Node[] {
	const chosen = `$exists($flowContext("chosen")) ? $flowContext("chosen") : "${THREADS.rest}"`;
	const rules = [{ t: 'set', p: 'threadId', pt: 'msg', to: chosen, tot: 'jsonata' }];
	return [place(1, 0, { id, type: 'change', name: 'to the chosen thread', rules }, to)];
}

/** The conversation, live, with what can be done to it. */
export function talkNodes(): Node[] {
	return [
		place(
			0,
			0,
			{ id: 'demo-remember', type: 'function', name: 'the last lines', func: REMEMBER, outputs: 1 },
			['demo-talk'],
		),
		place(
			1,
			0,
			{
				id: 'demo-talk',
				type: 'ui-template',
				group: GROUPS.talk,
				page: '',
				ui: '',
				name: 'the conversation',
				order: 1,
				width: '6',
				height: '8',
				head: '',
				format: TALK,
				storeOutMessages: false,
				passthru: false,
				resendOnRefresh: true,
				templateScope: 'local',
				className: '',
			},
			['demo-remember'],
		),
		place(
			0,
			1,
			uiButton('demo-ui-hello', 'Ask something', 'mdi-message-text', 1, 'echo Is table six free?'),
			['demo-ui-thread'],
		),
		place(
			0,
			2,
			uiButton('demo-ui-human', 'Ask for a human', 'mdi-account-voice', 2, 'I want to talk to a human'),
			['demo-ui-thread'],
		),
		...toThread('demo-ui-thread', 'demo-send', 'demo-ui-said').map((node) => ({ ...node, y: 170 })),
		place(
			2,
			1,
			{
				id: 'demo-ui-said',
				type: 'change',
				name: 'what was said',
				rules: [{ t: 'set', p: 'said', pt: 'msg', to: 'payload', tot: 'msg' }],
			},
			['demo-remember'],
		),
		place(0, 3, uiButton('demo-ui-pause', 'Pause the bot', 'mdi-pause', 3, 'pause'), [
			'demo-ui-pause-thread',
		]),
		place(0, 4, uiButton('demo-ui-resume', 'Resume the bot', 'mdi-play', 4, 'resume'), [
			'demo-ui-resume-thread',
		]),
		...toThread('demo-ui-pause-thread', 'demo-ui-pause-bot').map((node) => ({ ...node, y: 260 })),
		...toThread('demo-ui-resume-thread', 'demo-ui-resume-bot').map((node) => ({ ...node, y: 320 })),
		place(2, 3, bot('demo-ui-pause-bot', 'Pause the bot', 'bot.pause'), ['demo-ui-status']),
		place(2, 4, bot('demo-ui-resume-bot', 'Resume the bot', 'bot.resume'), ['demo-ui-status']),
		place(3, 3, bot('demo-ui-status', 'Is it paused?', 'bot.getStatus'), ['demo-remember']),
	];
}
