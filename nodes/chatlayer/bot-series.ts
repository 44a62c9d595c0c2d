import type { BotFilter, BotSeriesQuery, ChatlayerClient, SeriesAnswer } from '@convoflow/client';
import type { Operation, RunContext } from '@convoflow/kit';
import { botId, bucket, filters, output, range, summedRange, utcRange, version } from './fields';
import { botErrors, counted, listed, operation } from './operation';
import { asRange, readPeriod, type PeriodInput } from './period';
import { report } from './report';

/** The week that the examples look at. */
export const EXAMPLE_RANGE = {
	period: 'custom',
	startTime: '2026-03-01T00:00:00.000Z',
	endTime: '2026-03-08T00:00:00.000Z',
} as const;

/** What is a bot series' own. */
interface BotSeries {
	readonly name: string;
	readonly displayName: string;
	readonly action: string;
	readonly description: string;
	readonly keywords: readonly string[];
	/** Whether hours add up to days: then days can be those of any zone. */
	readonly sums: boolean;
	/** Whether one value of a filter is taken only. */
	readonly single?: boolean;
	readonly ask: (client: ChatlayerClient, query: BotSeriesQuery) => Promise<SeriesAnswer>;
}

const single = {
	channelTypes: {
		...filters.channelTypes,
		label: 'Channel',
		description: 'Count only this channel',
		placeholder: 'e.g. web',
	},
	languages: {
		...filters.languages,
		label: 'Language',
		description: 'Count only this language',
		placeholder: 'e.g. en',
	},
} as const;

/** The filters of a form as the client takes them. */
export function botFilter(input: {
	readonly botId: string;
	readonly version: string;
	readonly channelTypes?: string;
	readonly languages?: string;
}): Pick<BotSeriesQuery, 'botId' | 'version' | 'channelTypes' | 'languages'> {
	return {
		botId: input.botId,
		version: input.version,
		channelTypes: listed(input.channelTypes),
		languages: listed(input.languages),
	};
}

/** What a form asks of a bot in a time range, as the client takes it. */
export function botQuery(
	input: Parameters<typeof botFilter>[0] & PeriodInput,
	{ now, signal }: Pick<RunContext, 'now' | 'signal'>,
): BotFilter {
	return { ...botFilter(input), ...asRange(readPeriod(input, now())), signal };
}

/** Defines an operation that counts something of a bot over time: they differ in the call that they make. */
export function botSeries({ ask, sums, single: isSingle, ...words }: BotSeries): Operation {
	return operation({
		...words,
		effect: 'read',
		returns: 'rows',
		fields: { botId, version, ...(sums ? summedRange : utcRange), bucket, output },
		optional: isSingle ? single : filters,
		run: async (client, input, context) =>
			await report(input, context, (asked) => ask(client, { ...botFilter(input), ...asked }), { sums }),
		errors: botErrors,
		summary: counted('row', 'rows'),
		examples: [
			{ name: 'A week by day', input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE } },
			{
				name: 'A sum, and the change against the week before',
				input: { botId: 'k3v9x2ab', ...EXAMPLE_RANGE, bucket: '1h', output: 'summary', channelTypes: 'web' },
			},
		],
	});
}

/** Fields of an operation that looks at a bot in a time range, without a time axis. */
export const botRange = { botId, version, ...range } as const;
