import { defined, invalidInput, isObject, type JsonObject } from '@convoflow/client';
import type { FieldMap } from '@convoflow/kit';
import { checkedPlace, checkedUrl, coordinates, eventName, MAX_TEXT, mediaFields } from '../message/content';
import { paramsFields, paramsOf, type ParamsInput } from '../message/params';
import { messageOptions } from '../message/sending';

/** The text and the event of a broadcast. Flow.ai reference §2.4. */
export const textAndEvent = {
	text: {
		kind: 'text',
		label: 'Text',
		description: 'The text to send, at most 255 characters',
		placeholder: 'e.g. Doors open at nine',
		required: true,
		maxLength: MAX_TEXT,
		showWhen: { content: ['text'] },
		from: 'payload',
	},
	eventName: { ...eventName, showWhen: { content: ['event'] } },
} as const satisfies FieldMap;

/** Media and location of a broadcast. Flow.ai reference §2.4: to segments only. */
export const mediaAndLocation = {
	mediaType: { ...mediaFields.mediaType, showWhen: { content: ['media'] } },
	url: { ...mediaFields.url, showWhen: { content: ['media'] } },
	latitude: { ...coordinates.latitude, showWhen: { content: ['location'] } },
	longitude: { ...coordinates.longitude, showWhen: { content: ['location'] } },
} as const satisfies FieldMap;

/** The optional fields of a broadcast; they travel as metadata, the only documented form. */
export const broadcastOptions = {
	language: messageOptions.language,
	...paramsFields,
	timezone: messageOptions.timezone,
} as const satisfies FieldMap;

interface ContentInput extends ParamsInput {
	readonly content: string;
	readonly text?: string;
	readonly eventName?: string;
	readonly mediaType?: string;
	readonly url?: string;
	readonly latitude?: string;
	readonly longitude?: string;
	readonly title?: string | undefined;
	readonly language?: string;
	readonly timezone?: number;
}

/**
 * What a broadcast says. Flow.ai reference §2.4.
 * @throws CONVOFLOW_INVALID_INPUT (params, url, latitude, longitude)
 */
export function broadcastContent(input: ContentInput): { payload: JsonObject; metadata: JsonObject } {
	const { language, timezone } = input;
	return { payload: payloadOf(input), metadata: defined({ language, timezone, params: paramsOf(input) }) };
}

function payloadOf(input: ContentInput): JsonObject {
	const { content: type, mediaType } = input;
	switch (type) {
		case 'event':
			return defined({ type, eventName: input.eventName });
		case 'media':
			return defined({ type, mediaType, url: checkedUrl(input.url), title: input.title });
		case 'location': {
			const { latitude: lat, longitude: long } = checkedPlace(input);
			return defined({ type, lat, long, title: input.title });
		}
		default:
			return defined({ type, speech: input.text });
	}
}

/**
 * Checks the people of a broadcast: each has a name, and a phone number or an identifier.
 * @throws CONVOFLOW_INVALID_INPUT (audience) naming the first entry that is wrong
 */
export function checkedAudience(audience: readonly JsonObject[string][]): JsonObject[] {
	if (audience.length === 0) throw invalidInput('audience', 'Audience', 'is empty');
	const isText = (value: JsonObject[string] | undefined): boolean =>
		typeof value === 'string' && value.trim() !== '';
	return audience.map((person, index) => {
		const rule = (words: string): Error =>
			invalidInput('audience', 'Audience', `${words} in entry ${index + 1}`);
		if (!isObject(person)) throw rule('must hold an object, like {"name": "Mara"},');
		if (!isText(person['name'])) throw rule('needs a "name"');
		if (!isText(person['phoneNumber']) && !isText(person['identifier']))
			throw rule('needs a "phoneNumber" or an "identifier"');
		return person;
	});
}
