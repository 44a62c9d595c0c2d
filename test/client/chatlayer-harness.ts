import { ChatlayerClient, ChatlayerCoreClient, type HttpRequest, type JsonObject } from '@convoflow/client';
import { findOperation, readInput, runOperation } from '@convoflow/kit';
import { chatlayer } from '@convoflow/nodes';
import { answer, fakePorts, pagesOf, type FakePorts, type Step } from '../support/fake-ports';
import { VirtualClock } from '../support/virtual-clock';

/** Where the tests take the service to be. */
const OPTIONS = { baseUrl: 'https://chatlayer.test', retries: 0 };

/** Runs an operation as a user fills it in; gives its rows and the requests that went out. */
export async function run(
	path: string,
	raw: Record<string, unknown>,
	script: readonly Step[] = [answer({})],
	now = '2026-03-18T09:30:00Z',
): Promise<{ rows: JsonObject[]; ports: FakePorts }> {
	const [resource = '', name = ''] = path.split('.');
	const operation = findOperation(chatlayer, resource, name);
	if (!operation) throw new Error(`no operation ${path}`);
	const ports = fakePorts(script, { clock: new VirtualClock(Date.parse(now)) });
	const Client = operation.credential === 'chatlayerApi' ? ChatlayerClient : ChatlayerCoreClient;
	const context = {
		signal: new AbortController().signal,
		now: () => ports.clock.now(),
		log: () => undefined,
		notice: () => undefined,
	};
	// The zone of the machine or of the workflow, which means nothing to a report.
	const input = readInput(operation, raw, { timeZone: 'America/New_York' });
	const pages = runOperation(operation, new Client(ports, OPTIONS), input, context);
	return { rows: (await pagesOf(pages)).flat(), ports };
}

/** A query parameter of each request. */
export function asked({ requests }: FakePorts, name: string): (string | null)[] {
	return requests.map(({ url }) => new URL(url).searchParams.get(name));
}

/** Answers a series with `valueAt` for each hour from the asked start to the asked end. */
export function hourly(
	valueAt: (hourMs: number, serie: number) => number,
	labels: readonly string[] = ['web'],
): (request: HttpRequest) => Promise<ReturnType<typeof answer>> {
	return ({ url }) => {
		const query = new URL(url).searchParams;
		const [start, end] = ['start_time', 'end_time'].map((name) => Date.parse(query.get(name) ?? ''));
		const hours: number[] = [];
		for (let at = start ?? 0; at < (end ?? 0); at += 3_600_000) hours.push(at);
		const series = labels.map((label, index) => ({
			values: hours.map((hour) => valueAt(hour, index)),
			labels: { channel_type: label },
		}));
		const x_values = hours.map((hour) => new Date(hour).toISOString());
		return Promise.resolve(answer({ data: { series, x_values, series_labels: ['channel_type'] } }));
	};
}
