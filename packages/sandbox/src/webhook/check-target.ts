import { asString, isObject } from '../json';
import type { WebhookAuth, WebhookTarget } from './target';

/**
 * Reads a webhook target from anything.
 * @throws TypeError naming the wrong field
 */
export function checkTarget(value: unknown): WebhookTarget {
	if (!isObject(value)) throw new TypeError('The webhook must be an object with a url');
	const url = asString(value['url']) ?? '';
	if (!/^https?:\/\//.test(url) || !URL.canParse(url))
		throw new TypeError('url must be an http or https address');
	const events = value['events'];
	if (events != null && !(Array.isArray(events) && events.every((event) => typeof event === 'string'))) {
		throw new TypeError('events must be a list of names');
	}
	const auth = checkAuth(value['auth']);
	return { url, ...(events != null ? { events } : {}), ...(auth ? { auth } : {}) };
}

function checkAuth(value: unknown): WebhookAuth | undefined {
	if (value == null) return undefined;
	if (!isObject(value)) throw new TypeError('auth must be an object');
	switch (value['type']) {
		case 'none':
			return { type: 'none' };
		case 'token': {
			const place = value['in'];
			if (place !== 'header' && place !== 'query') throw new TypeError('auth.in must be header or query');
			return {
				type: 'token',
				in: place,
				name: field(value['name'], 'name'),
				value: field(value['value'], 'value'),
			};
		}
		case 'jwt': {
			const header = asString(value['header']);
			return { type: 'jwt', secret: field(value['secret'], 'secret'), ...(header ? { header } : {}) };
		}
		default:
			throw new TypeError('auth.type must be none, token or jwt');
	}
}

function field(value: unknown, name: string): string {
	if (typeof value !== 'string' || value === '') throw new TypeError(`auth.${name} must be a text`);
	if (name === 'name' && !/^[\w-]+$/.test(value)) throw new TypeError('auth.name must be a plain name');
	return value;
}
