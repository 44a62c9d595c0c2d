/**
 * Shows what the bounds of our nodes rest on: `npm run bench:bounds`. Time of a list of 10,000 rows by the pages that are
 * asked for at once and by their size, and of 2,000 sends over 200 threads by the sends that are under way, at answers
 * after 20 and 100 ms.
 */
import { FlowAiClient, FlowXoClient } from '@convoflow/client';
import { Lanes } from '@convoflow/kit';
import { realPorts } from '../../support/undici-port';
import { median } from '../figure';
import { startStandIn, type StandIn } from '../stand-in';

const ROWS = 10_000;
const SENDS = 2_000;
const THREADS = 200;
const DELAYS_MS = [20, 100];
const TIMES = 3;

async function seconds(work: () => Promise<void>): Promise<number> {
	const times: number[] = [];
	for (let time = 0; time < TIMES; time += 1) {
		const started = performance.now();
		await work();
		times.push((performance.now() - started) / 1_000);
	}
	return median(times);
}

async function list(
	standIn: StandIn,
	delayMs: number,
	pagesAtOnce: number,
	pageSize: number,
): Promise<number> {
	const ports = realPorts();
	const client = new FlowXoClient(ports, { baseUrl: `${standIn.base(delayMs, ROWS)}/api` });
	try {
		return await seconds(async () => {
			let rows = 0;
			for await (const page of client.listConversations({ pagesAtOnce, pageSize })) rows += page.length;
			if (rows !== ROWS) throw new Error(`${rows} rows came instead of ${ROWS}`);
		});
	} finally {
		await ports.close();
	}
}

async function sends(standIn: StandIn, delayMs: number, atOnce: number): Promise<number> {
	const ports = realPorts();
	const client = new FlowAiClient(ports, { baseUrl: standIn.base(delayMs) });
	try {
		return await seconds(async () => {
			const arrived = standIn.arrived(SENDS);
			const lanes = new Lanes(atOnce);
			const send = async (number: number): Promise<void> => {
				const threadId = `t-${number % THREADS}`;
				const speech = String(Math.floor(number / THREADS));
				await client.sendText({
					threadId,
					speech,
					traceId: number,
					originator: { name: 'W', role: 'external' },
				});
			};
			await Promise.all(
				Array.from({ length: SENDS }, (_, n) => lanes.run(`t-${n % THREADS}`, async () => await send(n))),
			);
			const { outOfOrder } = await arrived;
			if (outOfOrder > 0) throw new Error(`${outOfOrder} sends were out of order`);
		});
	} finally {
		await ports.close();
	}
}

async function main(): Promise<void> {
	const standIn = await startStandIn();
	try {
		for (const delayMs of DELAYS_MS) {
			for (const atOnce of [1, 2, 4, 8, 16, 32]) {
				const time = await list(standIn, delayMs, atOnce, 100);
				console.log(`${delayMs} ms, pages of 100, ${atOnce} at once: ${time.toFixed(2)} s`);
			}
			for (const size of [25, 50]) {
				const time = await list(standIn, delayMs, 8, size);
				console.log(`${delayMs} ms, pages of ${size}, 8 at once: ${time.toFixed(2)} s`);
			}
			for (const atOnce of [16, 32, 64, 128, 256]) {
				const time = await sends(standIn, delayMs, atOnce);
				console.log(
					`${delayMs} ms, ${SENDS} sends over ${THREADS} threads, ${atOnce} at once: ${time.toFixed(2)} s`,
				);
			}
		}
	} finally {
		standIn.stop();
	}
}

void main();
