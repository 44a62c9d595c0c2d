import { button, credentialNode, sheet, start, step, type ExampleFlow } from '../parts';
import { asColleague, set } from './steps';

/** What the assistant is asked, in the form that most services of language models take. */
const PROMPT = `const lines = msg.payload.reverse().map(({ role, text }) => role + ': ' + text);
msg.headers = { authorization: 'Bearer ' + env.get('LLM_KEY') };
msg.url = env.get('LLM_URL');
msg.payload = {
	model: env.get('LLM_MODEL'),
	messages: [
		{ role: 'system', content: 'You are a support agent. Answer the last message in one or two sentences. Answer with the single word RESUME when the user wants the bot back.' },
		{ role: 'user', content: lines.join('\\n') },
	],
};
return msg;`;

const ANSWER = `const text = msg.payload?.choices?.[0]?.message?.content?.trim();
if (!text) throw new Error('The language model gave no answer');
msg.payload = text;
return text === 'RESUME' ? [null, msg] : [msg, null];`;

function assistant(): ExampleFlow {
	const { at, comment, debug, flow, id } = sheet(
		'assistant',
		'Automation: assistant answers handed-over threads',
	);
	return flow([
		comment(
			'A language model answers while the bot is paused',
			'Every message that a user writes while the bot is paused goes, with the messages before it, to a language model. Its answer is sent as a colleague; when it answers RESUME, the bot takes over again.\n\nSet the environment variables LLM_URL (an address for chat completions), LLM_MODEL and LLM_KEY of the flow or of Node-RED, add your Flow.ai API credential, copy the webhook URL into Flow.ai and deploy.',
		),
		at(
			'webhook',
			0,
			0,
			start('flowai-webhook', 'user, while paused', {
				events: 'inbound,paused,resumed,handover',
				from: 'user',
				whilePaused: true,
			}),
			['messages'],
		),
		at(
			'messages',
			1,
			0,
			{
				type: 'switch',
				name: 'a message?',
				property: 'topic',
				propertyType: 'msg',
				rules: [{ t: 'eq', v: 'inbound', vt: 'str' }],
				checkall: 'true',
				repair: false,
				outputs: 1,
			},
			['history'],
		),
		at(
			'history',
			2,
			0,
			step('flowai-message', 'message.getMany', 'last messages', id('api'), {
				order: 'newest',
				limit: '20',
			}),
			['prompt'],
		),
		at('prompt', 3, 0, { type: 'function', name: 'ask for an answer', func: PROMPT, outputs: 1 }, ['model']),
		at(
			'model',
			4,
			0,
			{ type: 'http request', name: 'language model', method: 'POST', ret: 'obj', url: '', senderr: true },
			['answer'],
		),
		at(
			'answer',
			1,
			1,
			{ type: 'function', name: 'answer or resume', func: ANSWER, outputs: 2 },
			['send'],
			['resume'],
		),
		at('send', 2, 1, asColleague(id('api'), 'answer the user'), ['sent']),
		debug('sent', 3, 1, 'answered'),
		at('resume', 2, 2, step('flowai-bot', 'bot.resume', 'the bot again', id('api')), ['resumed']),
		debug('resumed', 3, 2, 'resumed'),
		at('catch', 0, 3, { type: 'catch', name: 'what failed', scope: null, uncaught: false }, ['failed']),
		debug('failed', 1, 3, 'error'),
		credentialNode(id('api'), 'flowai-api'),
	]);
}

const LIST = JSON.stringify([
	{ threadId: 't-100', text: 'Your table is ready.' },
	{ threadId: 't-101', text: 'We open at nine tomorrow.' },
	{ threadId: 't-100', text: 'See you soon!' },
]);

function proactiveMessages(): ExampleFlow {
	const { at, comment, debug, flow, id } = sheet('proactive', 'Automation: messages from a list');
	return flow([
		comment(
			'Sends a list of messages, in order and not too fast',
			'Each entry of the list becomes a message. Messages of one thread keep their order, threads run side by side, and no more than five are sent in a second. What could not be sent is shown with the reason; nobody is messaged twice.\n\nReplace the list of the button by your own, for example from a File In and a CSV node with the columns threadId and text.',
		),
		at('start', 0, 0, button('a list', [{ p: 'payload' }], { payload: LIST, payloadType: 'json' }), [
			'split',
		]),
		at(
			'split',
			1,
			0,
			{
				type: 'split',
				name: 'one by one',
				splt: '\\n',
				spltType: 'str',
				arraySplt: 1,
				arraySpltType: 'len',
				stream: false,
				addname: '',
			},
			['entry'],
		),
		at(
			'entry',
			2,
			0,
			{
				type: 'change',
				name: 'thread and text',
				rules: [set('threadId', 'payload.threadId', 'msg'), set('payload', 'payload.text', 'msg')],
			},
			['send'],
		),
		at(
			'send',
			3,
			0,
			step('flowai-message', 'message.sendText', 'send', id('api'), {
				originatorName: 'Restaurant',
				originatorRole: 'moderator',
				longText: 'split',
				requestsPerSecond: '5',
			}),
			['all'],
		),
		at('all', 4, 0, { type: 'join', name: 'all of them', mode: 'auto' }, ['sent']),
		debug('sent', 5, 0, 'sent'),
		at('catch', 3, 1, { type: 'catch', name: 'not sent', scope: [id('send')], uncaught: false }, ['failed']),
		debug('failed', 4, 1, 'not sent'),
		credentialNode(id('api'), 'flowai-api'),
	]);
}

/** Automations that write to people. */
export function sendingAutomations(): ExampleFlow[] {
	return [assistant(), proactiveMessages()];
}
