import { monitorEventLoopDelay } from 'node:perf_hooks';
import { ChatlayerClient, tableRows, tidyRows, type JsonObject } from '@convoflow/client';
import { rawServer } from '../support/raw-server';
import { realPorts } from '../support/undici-port';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2025, 0, 1);
const CHANNELS = ['web', 'whatsapp', 'messenger', 'sms', 'voice'];

/** Conversations of an hour of the year in a channel. */
function countOf(hour: number, channel: number): number {
	return (hour % 24) + 10 * channel;
}

/** What all of them come to, by arithmetic: 0 to 23 every day in each channel, and 10 more an hour for each next one. */
export function knownSum(days: number): number {
	return days * (5 * 276 + 24 * 10 * (0 + 1 + 2 + 3 + 4));
}

/** What a run has measured. */
export interface YearFigures {
	readonly requests: number;
	readonly points: number;
	/** Sum of the cells of the table. */
	readonly sum: number;
	readonly known: number;
	readonly fetchMs: number;
	readonly pivotMs: number;
	/** Longest time without a turn of the event loop. */
	readonly blockedMs: number;
	/** More heap than before, all rows held. */
	readonly heapMb: number;
}

/** Answers the hours from `start_time` to `end_time`, as Chatlayer reference §6 has a series. */
function answerFor(url: string): JsonObject {
	const query = new URL(url, 'http://h').searchParams;
	const hourOf = (name: string): number => (Date.parse(query.get(name) ?? '') - START_MS) / HOUR_MS;
	const [from, to] = [hourOf('start_time'), hourOf('end_time')];
	const hours = Array.from({ length: to - from }, (_, index) => from + index);
	return {
		data: {
			series_labels: ['channel_type'],
			x_values: hours.map((hour) => new Date(START_MS + hour * HOUR_MS).toISOString()),
			series: CHANNELS.map((channel_type, index) => ({
				values: hours.map((hour) => countOf(hour, index)),
				labels: { channel_type },
			})),
		},
	};
}

/** Fetches the hours of 2025 over real connections, joins them and makes rows and a table of them. */
export async function readHours(days: number): Promise<YearFigures> {
	let requests = 0;
	const server = await rawServer(({ url = '' }, response) => {
		requests += 1;
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answerFor(url)));
	});
	const ports = realPorts();
	const heapBefore = process.memoryUsage().heapUsed;
	const delay = monitorEventLoopDelay({ resolution: 1 });
	try {
		const client = new ChatlayerClient(ports, { baseUrl: server.url });
		delay.enable();
		const started = performance.now();
		const answer = await client.analytics.conversations({
			botId: 'k3v9x2ab',
			version: 'LIVE',
			bucket: '1h',
			groupBy: 'channel_type',
			startTime: new Date(START_MS).toISOString(),
			endTime: new Date(START_MS + days * 24 * HOUR_MS).toISOString(),
		});
		const fetched = performance.now();
		const [rows, table] = [tidyRows(answer), tableRows(answer)];
		const done = performance.now();
		const cells = table.flatMap((row) => CHANNELS.map((channel) => Number(row[channel])));
		return {
			requests,
			points: rows.length,
			sum: cells.reduce((all, cell) => all + cell, 0),
			known: knownSum(days),
			fetchMs: fetched - started,
			pivotMs: done - fetched,
			blockedMs: delay.max / 1e6,
			heapMb: (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20,
		};
	} finally {
		delay.disable();
		await ports.close();
		await server.close();
	}
}

/** What is wrong with a run; empty when nothing is. */
export function problemsOf(figures: YearFigures, days: number): string[] {
	const { points, sum, known, pivotMs, heapMb } = figures;
	return [
		...(points === days * 24 * 5 ? [] : [`${points} points instead of ${days * 24 * 5}`]),
		...(sum === known ? [] : [`the sum is ${sum} instead of ${known}`]),
		...(pivotMs < 2_000 ? [] : [`rows and table took ${Math.round(pivotMs)} ms`]),
		...(heapMb < 150 ? [] : [`${Math.round(heapMb)} MB of heap`]),
	];
}
