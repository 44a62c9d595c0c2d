/** What a status means, in the user's words. */
export interface StatusMeaning {
	/** Second part of the error code, e.g. `NOT_FOUND`. */
	readonly code: string;
	readonly what: string;
	/** What to do next. */
	readonly advice: string;
}

type Meaning = (label: string) => StatusMeaning;

const BAD_REQUEST: Meaning = (label) => ({
	code: 'BAD_REQUEST',
	what: `${label} did not accept the request`,
	advice: 'Check the values of the fields.',
});

const UNAVAILABLE: Meaning = (label) => ({
	code: 'UNAVAILABLE',
	what: `${label} could not answer just now`,
	advice: 'Try again later; if it goes on, look at the status page of the service.',
});

const REDIRECTED: Meaning = (label) => ({
	code: 'REDIRECTED',
	what: `${label} answered with a redirect`,
	advice: 'Check the base URL in the credential: it should be the final address, usually with https://',
});

const FORBIDDEN: Meaning = (label) => ({
	code: 'FORBIDDEN',
	what: `${label} does not allow this with the key in use`,
	advice: 'Check that the key belongs to the right account and has the rights for this.',
});

const NOT_FOUND: Meaning = (label) => ({
	code: 'NOT_FOUND',
	what: `${label} does not know what was asked for`,
	advice: 'Check the IDs in the fields and the base URL in the credential.',
});

const MEANINGS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
	[
		401,
		(label) => ({
			code: 'UNAUTHORIZED',
			what: `${label} did not accept the key`,
			advice: 'Open the credential, paste the key again and test it.',
		}),
	],
	[402, FORBIDDEN],
	[403, FORBIDDEN],
	[404, NOT_FOUND],
	[410, NOT_FOUND],
	[
		408,
		(label) => ({
			code: 'TIMEOUT',
			what: `${label} did not get the whole request in time`,
			advice: 'Try again later.',
		}),
	],
	[
		409,
		(label) => ({
			code: 'CONFLICT',
			what: `${label} reports a conflict`,
			advice: 'Read the current state and try again.',
		}),
	],
	[
		413,
		(label) => ({
			code: 'TOO_LARGE',
			what: `What was sent is too large for ${label}`,
			advice: 'Send less at once.',
		}),
	],
	[
		429,
		(label) => ({
			code: 'RATE_LIMITED',
			what: `${label} asks for fewer requests`,
			advice: 'Wait a little, or lower the number of requests.',
		}),
	],
]);

/** What a status that says no means for the user of a service. */
export function meaningOf(status: number, label: string): StatusMeaning {
	const known = MEANINGS.get(status);
	if (known) return known(label);
	if (status >= 500) return UNAVAILABLE(label);
	return status >= 300 && status < 400 ? REDIRECTED(label) : BAD_REQUEST(label);
}
