import { invalidInput } from '@convoflow/client';
import type { FieldMap, LocatorField } from '@convoflow/kit';
import { searchEvents } from '../searches';

/** Longest text of a message, in UTF-16 units. 001, Text message: 255 characters; how they are counted is unstated. */
export const MAX_TEXT = 255;

/** A text to send, and what to do with one that is too long. 001, Text message. */
export const splittableText = {
	longText: {
		kind: 'options',
		label: 'Long Text',
		description: 'What to do with a text of more than 255 characters',
		options: [
			{ value: 'refuse', label: 'Refuse It', description: 'Nothing is sent' },
			{
				value: 'split',
				label: 'Split It',
				description: 'Send it as several messages, split between sentences or words',
			},
		],
		default: 'refuse',
	},
	text: {
		kind: 'text',
		label: 'Text',
		description: 'The text to send, at most 255 characters unless it is to be split',
		placeholder: 'e.g. Is table six free?',
		required: true,
		maxLength: MAX_TEXT,
		maxLengthWhen: { longText: ['refuse'] },
		from: 'payload',
	},
} as const satisfies FieldMap;

/** The event of an event message, by its name. */
export const eventByName = {
	kind: 'locator',
	thing: 'event',
	label: 'Event Name',
	description: 'Name of the event as the bot knows it',
	placeholder: 'e.g. WELCOME',
	modes: ['id'],
	idIs: 'Name',
	required: true,
	from: 'payload',
} as const satisfies LocatorField;

/** The same with a list to pick from. 001, Event message. */
export const eventName = {
	...eventByName,
	description: 'Name of the event as the bot knows it; the list holds those with a manual trigger',
	search: searchEvents,
} as const satisfies LocatorField;

/** The place of a location message; both travel as texts. 001, Location message. */
export const coordinates = {
	latitude: {
		kind: 'string',
		label: 'Latitude',
		description: 'Degrees north of the equator, from -90 to 90',
		placeholder: 'e.g. 59.3293',
		required: true,
		from: 'payload.lat',
	},
	longitude: {
		kind: 'string',
		label: 'Longitude',
		description: 'Degrees east of Greenwich, from -180 to 180',
		placeholder: 'e.g. 18.0686',
		required: true,
		from: 'payload.long',
	},
} as const satisfies FieldMap;

/** The file of a media message. 001, Media message. */
export const mediaFields = {
	mediaType: {
		kind: 'options',
		label: 'Media Type',
		description: 'What kind of media it is',
		options: [
			{ value: 'audio', label: 'Audio' },
			{ value: 'file', label: 'File' },
			{ value: 'image', label: 'Image' },
			{ value: 'video', label: 'Video' },
		],
		default: 'image',
	},
	url: {
		kind: 'string',
		label: 'URL',
		description: 'Web address of the media; Flow.ai must be able to reach it',
		placeholder: 'e.g. https://cdn.example.com/cat.png',
		required: true,
		from: 'payload',
	},
} as const satisfies FieldMap;

/** A title, for media and locations. Later docs. */
export const title = {
	kind: 'string',
	label: 'Title',
	description: 'Title to show with it; later versions of the service know it',
	placeholder: 'e.g. Table six',
} as const satisfies FieldMap[string];

function degrees(field: 'latitude' | 'longitude', text: string, max: number): string {
	const { label } = coordinates[field];
	const trimmed = text.trim();
	if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(trimmed) || Math.abs(Number(trimmed)) > max) {
		throw invalidInput(field, label, `must be a number of degrees from -${max} to ${max}, like 18.0686`);
	}
	return trimmed;
}

/**
 * Checks a place and gives it as texts.
 * @throws CONVOFLOW_INVALID_INPUT (latitude, longitude) for what is no number of degrees on Earth
 */
export function checkedPlace(input: { readonly latitude?: string; readonly longitude?: string }): {
	latitude: string;
	longitude: string;
} {
	return {
		latitude: degrees('latitude', input.latitude ?? '', 90),
		longitude: degrees('longitude', input.longitude ?? '', 180),
	};
}

/**
 * Checks the address of a media file.
 * @throws CONVOFLOW_INVALID_INPUT (url) when it is no http or https address
 */
export function checkedUrl(text: string | undefined): string {
	const url = (text ?? '').trim();
	if (!/^https?:\/\/[^\s/]+/i.test(url)) {
		throw invalidInput('url', mediaFields.url.label, 'must be a web address that begins with https://');
	}
	return url;
}
