import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import type { Sandbox } from '../sandbox';
import { applySettings, CHOICES } from '../settings';

/** Settings and webhook. */
export function settingsControl(app: FastifyInstance, context: Context, sandbox: Sandbox): void {
	app.get('/settings', () => ({ settings: context.settings, choices: CHOICES }));
	app.patch('/settings', (request) => {
		applySettings(context.settings, request.body);
		context.bus.emit({ topic: 'settings' });
		return { settings: context.settings };
	});
	app.get('/webhook', () => ({ webhook: context.redactor.value(context.webhook) }));
	app.put('/webhook', (request) => {
		sandbox.setWebhook(request.body === undefined || request.body === null ? null : (request.body as never));
		return { ok: true };
	});
	app.delete('/webhook', () => {
		sandbox.setWebhook(null);
		return { ok: true };
	});
}
