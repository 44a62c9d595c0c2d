import { invalidInput, textOf, type JsonObject } from '@convoflow/client';
import { answer, restOperation } from '../operation';
import { isTimeZone } from '@convoflow/kit';
import { openingOf } from './opening';

/** Reads the business hours and tells whether it is open now. 001, REST API, Business hours. */
export const getBusinessHours = restOperation({
	name: 'getBusinessHours',
	displayName: 'Get Business Hours',
	action: 'Get business hours',
	description: 'Find out whether it is open now, when it opens and when it closes, one row for each calendar',
	keywords: ['open', 'closed', 'opening hours', 'schedule', 'holiday', 'office hours'],
	effect: 'read',
	returns: 'rows',
	fields: {
		answer,
		outputs: {
			kind: 'options',
			label: 'Outputs',
			description: 'Where the result goes',
			options: [
				{ value: 'one', label: 'One', description: 'Every calendar leaves by the same output' },
				{
					value: 'openAndClosed',
					label: 'Open and Closed',
					description: 'Open calendars leave by the first output, others by the second',
				},
			],
			default: 'one',
			isFixed: true,
			showWhen: { answer: ['here'] },
		},
	},
	outputs: {
		when: { field: 'outputs', is: 'openAndClosed' },
		labels: ['Open', 'Closed'],
		// Nobody is promised an answer while it is not known.
		of: (row) => (row['isOpen'] === true ? 0 : 1),
	},
	optional: {
		at: {
			kind: 'dateTime',
			label: 'At',
			description: 'Moment to tell about; now when empty',
			placeholder: 'e.g. 2026-03-03T12:30:00Z',
		},
		calendar: {
			kind: 'string',
			label: 'Calendar',
			description: 'Label of the only calendar to return; every calendar when empty',
			placeholder: 'e.g. Front desk',
		},
		timeZone: {
			kind: 'string',
			label: 'Time Zone',
			description:
				'Time zone of the calendars by its IANA name, which knows summer time; by the offset in the label of each when empty',
			placeholder: 'e.g. Europe/Stockholm',
		},
	},
	run: async (client, input, context) => {
		const timeZone = input.timeZone?.trim();
		if (timeZone !== undefined && !isTimeZone(timeZone))
			throw invalidInput('timeZone', 'Time Zone', 'must be an IANA name, like Europe/Stockholm');
		if (input.answer === 'webhook') {
			const { status } = await client.project.requestBusinessHours({ signal: context.signal });
			return [{ status: status ?? null }];
		}
		const atMs = input.at === undefined ? context.now() : Date.parse(input.at);
		const calendars = chosen(await client.project.businessHours({ signal: context.signal }), input.calendar);
		return calendars.map((calendar) => {
			const opening = openingOf(calendar, atMs, timeZone);
			if (opening.isOpen === null)
				context.log(
					'warn',
					'A calendar names no offset from UTC; fill in "Time Zone" to learn whether it is open',
				);
			return { ...calendar, ...opening };
		});
	},
	simplify: (rows, input) =>
		input.answer === 'webhook'
			? [...rows]
			: rows.map((row) => ({
					calendar: row['label'] ?? null,
					isOpen: row['isOpen'] ?? null,
					opensAt: row['opensAt'] ?? null,
					closesAt: row['closesAt'] ?? null,
					holiday: row['holiday'] ?? null,
					timezone: row['timezone'] ?? null,
				})),
	errors: {
		FLOWAI_NOT_FOUND: {
			advice: 'Check the base URL in the credential: this call exists in every version of the service.',
		},
	},
	summary: (rows) => (rows === 1 ? '1 calendar' : `${rows} calendars`),
	examples: [
		{ name: 'Open at noon', input: { at: '2026-03-03T10:30:00.000Z' } },
		{
			name: 'One calendar in a time zone that has summer time',
			input: { calendar: 'Front desk', timeZone: 'Europe/Stockholm', at: '2026-07-07T11:15:00.000Z' },
		},
		{ name: 'With the hours themselves', input: { at: '2026-03-03T18:00:00.000Z', simplify: false } },
		{
			name: 'Open and closed by outputs of their own',
			input: { at: '2026-03-03T18:00:00.000Z', outputs: 'openAndClosed' },
		},
		{ name: 'Answered at the webhook', input: { answer: 'webhook' } },
	],
});

/**
 * The calendars of a label, or all.
 * @throws CONVOFLOW_INVALID_INPUT (calendar) naming those there are when none has this label
 */
function chosen(calendars: JsonObject[], label: string | undefined): JsonObject[] {
	const normal = (text: string | undefined): string => (text ?? '').trim().toLowerCase();
	if (normal(label) === '') return calendars;
	const found = calendars.filter((calendar) => normal(textOf(calendar['label'])) === normal(label));
	if (found.length > 0) return found;
	const labels = calendars.map((calendar) => textOf(calendar['label']) ?? '').join(', ');
	throw invalidInput('calendar', 'Calendar', `must be one of: ${labels || 'there is none in this project'}`);
}
