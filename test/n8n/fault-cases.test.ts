import { httpCases, KEY, type Asked, type HttpDoor, type Seen } from '../fault-cases/http-cases';
import { TELLS_FAILURES } from './harness';
import { PLACES, runPlace, type Place } from './services';

const placeOf = (title: string): Place => PLACES.find((place) => place.title === title) as Place;
const getStatus = placeOf('flowai bot getStatus');
const sendText = placeOf('flowai message sendText');
const sendMediaFile = placeOf('flowai message sendMediaFile');

interface Failed {
	readonly error: string;
	readonly details: { readonly code?: string };
}

async function seen(
	place: Place,
	baseUrl: string,
	input: object,
	{ retries = 0, requestTimeout = 20 }: Asked,
): Promise<Seen> {
	const more = { onError: 'continueRegularOutput' } as const;
	const options = { retries, requestTimeout };
	const result = await runPlace(place, { apiKey: KEY, baseUrl }, { ...input, options }, more);
	const json = result.items[0]?.[0]?.json as Partial<Failed> | undefined;
	const shown = JSON.stringify([result.run.data, result.error, result.items]);
	return { code: json?.details?.code, message: json?.error ?? '', shown };
}

const door: HttpDoor = {
	read: async (url, asked = {}) => await seen(getStatus, url, { threadId: 't-1' }, asked),
	send: async (url, asked = {}) => await seen(sendText, url, { threadId: 't-1', text: 'Hi' }, asked),
	upload: async (url, bytes) => {
		const file = { name: 'a.bin', mimeType: 'application/octet-stream', content: new Uint8Array(bytes) };
		return await seen(sendMediaFile, url, { threadId: 't-1', file }, {});
	},
	endsStalled: false,
	endsUnanswered: TELLS_FAILURES,
	bomb: 'CONVOFLOW_ANSWER_TOO_LARGE',
};

describe('a service that misbehaves, through the node of n8n', () => httpCases(() => door));
