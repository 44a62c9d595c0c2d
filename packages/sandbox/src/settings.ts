import { badRequest } from './http/errors';
import { asObject } from './json';
import type { SandboxSettings } from './options';

/** The values a setting can take, where they are words. */
export const CHOICES: { [Name in keyof SandboxSettings]?: readonly string[] } = {
	authForm: ['bearer', 'bare', 'either'],
	vocabulary: ['2019', 'later', 'both'],
	webhookResult: ['wrapped', 'flat'],
	historyOrder: ['newest', 'oldest'],
	flowXoRange: ['created', 'activity'],
	seriesLabels: ['keys', 'names'],
	subscriptionSignature: ['sha256', 'none'],
	challengePlace: ['body', 'nested', 'query'],
};

/**
 * Changes settings by name.
 * @throws HttpError 400 naming the setting that does not exist or cannot take the value
 */
export function applySettings(settings: SandboxSettings, changes: unknown): void {
	const entries = Object.entries(asObject(changes));
	for (const [name, value] of entries) {
		if (!Object.hasOwn(settings, name)) throw badRequest(`There is no setting ${name}`);
		const choices = CHOICES[name as keyof SandboxSettings];
		if (choices && !choices.includes(String(value)))
			throw badRequest(`${name} must be one of ${choices.join(', ')}`);
		const current = settings[name as keyof SandboxSettings];
		if (typeof value !== typeof current) throw badRequest(`${name} must be a ${typeof current}`);
		if (typeof value === 'number' && !(value >= 0 && value <= 1e6))
			throw badRequest(`${name} must be from 0`);
	}
	Object.assign(settings, Object.fromEntries(entries));
}
