import { button, credentialNode, sheet, start, step, type ExampleFlow } from '../parts';
import { asColleague, set } from './steps';

function humanHandover(): ExampleFlow {
	const { at, comment, debug, flow, id } = sheet('human-handover', 'Automation: human handover');
	return flow([
		comment(
			'A human takes over, and the bot comes back',
			'When a user asks for a human, Flow.ai calls the webhook: the bot of that thread is paused, the user is told, and the team reads the last messages in the debug sidebar. The button "resolved" lets the bot answer again.\n\nOpen the nodes, add your Flow.ai API credential, copy the webhook URL into Flow.ai and deploy. Put a node that tells your team, for example by e-mail, behind "last messages".',
		),
		at('webhook', 0, 0, start('flowai-webhook', 'asks for a human', { events: 'handover' }), ['pause']),
		at('pause', 1, 0, step('flowai-bot', 'bot.pause', 'pause the bot', id('api')), ['words']),
		at(
			'words',
			2,
			0,
			{
				type: 'change',
				name: 'what to say',
				rules: [set('payload', 'A colleague will be with you shortly.', 'str')],
			},
			['tell'],
		),
		at('tell', 3, 0, asColleague(id('api'), 'tell the user'), ['history']),
		at(
			'history',
			4,
			0,
			step('flowai-message', 'message.getMany', 'last messages', id('api'), {
				order: 'newest',
				limit: '10',
			}),
			['team'],
		),
		debug('team', 5, 0, 'for the team'),
		at('resolved', 0, 1, button('resolved', [{ p: 'threadId', v: 't-100', vt: 'str' }]), ['resume']),
		at('resume', 1, 1, step('flowai-bot', 'bot.resume', 'the bot again', id('api')), ['active']),
		debug('active', 2, 1, 'the bot is back'),
		at('catch', 0, 2, { type: 'catch', name: 'what failed', scope: null, uncaught: false }, ['failed']),
		debug('failed', 1, 2, 'error'),
		credentialNode(id('api'), 'flowai-api'),
	]);
}

const SPIKE = `const WINDOW_MS = 10 * 60 * 1000;
const MANY = Number(env.get('HANDOVERS') || 5);
const now = Date.now();
const recent = (context.get('recent') || []).filter((at) => at > now - WINDOW_MS);
recent.push(now);
context.set('recent', recent);
node.status({ text: recent.length + ' in 10 minutes' });
if (recent.length < MANY || now - (context.get('alerted') || 0) < WINDOW_MS) return null;
context.set('alerted', now);
msg.payload = { text: recent.length + ' users asked for a human in the last 10 minutes' };
return msg;`;

function handoverAlert(): ExampleFlow {
	const { at, comment, debug, flow } = sheet('handover-alert', 'Automation: alert when handovers spike');
	return flow([
		comment(
			'Tells when many users ask for a human at once',
			'Counts the handovers of the last ten minutes. When there are five, or as many as the environment variable HANDOVERS says, an alert goes out, and the next one after ten minutes at the earliest.\n\nCopy the webhook URL into Flow.ai and deploy. Put a node that tells your team behind "too many?", for example an HTTP Request to the incoming webhook of your chat.',
		),
		at('webhook', 0, 0, start('flowai-webhook', 'asks for a human', { events: 'handover' }), ['count']),
		at('count', 1, 0, { type: 'function', name: 'too many?', func: SPIKE, outputs: 1 }, ['alert']),
		debug('alert', 2, 0, 'alert'),
	]);
}

/** Automations around a human who takes over. */
export function handoverAutomations(): ExampleFlow[] {
	return [humanHandover(), handoverAlert()];
}
