import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { homeKey, homeProblems, readDefinitions } from './homes';
import { HOSTS, type Host } from './hosts';
import { countServed, DOCUMENTS, renderTable, shareOf } from './share';
import { readSeedList, shapeProblems, type Entry, type ParameterHome } from './seed-list';

const entries = readSeedList();
const definitions = readDefinitions();
const documents = Object.keys(DOCUMENTS) as Entry['document'][];
const floor = JSON.parse(readFileSync(join(__dirname, 'floor.json'), 'utf8')) as Readonly<
	Record<Entry['document'], Readonly<Record<Host, number>>>
>;

const rows = documents.flatMap((document) =>
	HOSTS.map((host) => ({ document, host, count: countServed(entries, document, host, definitions) })),
);

function entry(id: string): Entry {
	const found = entries.find((one) => one.id === id);
	if (!found) throw new TypeError(`no entry ${id}`);
	return found;
}

/** The entry with another home for one parameter. */
function moved(id: string, name: string, home: ParameterHome): Entry {
	const one = entry(id);
	const parameters = one.parameters.map((parameter) =>
		parameter.name === name ? { ...parameter, home } : parameter,
	);
	return { ...one, parameters };
}

afterAll(() => {
	process.stdout.write(`\n${renderTable(rows)}\n`);
});

describe('the list of what the seed documents describe', () => {
	it('has unique ids, and every entry cites a document and a section', () => {
		expect(shapeProblems(entries)).toEqual([]);
	});

	it('reports entries that are malformed', () => {
		const call = entry('flowxo.conversations.list');
		const bad = [
			call,
			call,
			{ ...call, id: 'flowxo.b', section: ' ' },
			{ ...call, id: 'flowxo.c', home: null },
		];
		const problems = shapeProblems(bad).join('\n');
		expect(problems).toContain('flowxo.conversations.list: the id is taken');
		expect(problems).toContain('flowxo.b: cites no section');
		expect(problems).toContain('flowxo.c, limit: has a home although its entry has none');
	});
});

describe('the homes', () => {
	it('exist in the definitions', () => {
		expect(homeProblems(entries, definitions)).toEqual([]);
	});

	it('are missed when an operation or a field has another name', () => {
		const call = entry('flowai.rest.pause.start');
		const key = homeKey({ operation: 'flowai.bot.pause' });
		const without = new Map(definitions);
		without.delete(key);
		expect(homeProblems([call], without)).toEqual([`${call.id}: there is no ${key}`]);
		const { threadId, ...others } = definitions.get(key) ?? {};
		expect(threadId).toBeDefined();
		const renamed = new Map(definitions).set(key, others);
		expect(homeProblems([call], renamed)).toEqual([`${call.id}, threadId: there is no field threadId`]);
	});

	it('are missed when a trigger does not offer an event, or takes it for another', () => {
		const event = entry('flowai.webhook.control.pause');
		const problems = (choice: string): string[] =>
			homeProblems([{ ...event, home: { trigger: 'flowai.webhook', choice } }], definitions);
		expect(problems('resumed')).toEqual([`${event.id}: arrives as paused, not as resumed`]);
		expect(problems('asleep')).toContain(`${event.id}: Events offers no asleep`);
	});

	it('are missed when a received value does not arrive where it should', () => {
		const frame = moved('flowai.socket.message.received', 'payload.originator.name', { output: 'role' });
		expect(homeProblems([frame], definitions)).toEqual([
			'flowai.socket.message.received, payload.originator.name: does not arrive as role',
		]);
	});

	it('are missed when a form does not keep to the limits of the document', () => {
		const text = entry('flowai.rest.messages.send-text');
		const parameters = text.parameters.map((parameter) => {
			if (parameter.name === 'payload.speech') return { ...parameter, maxLength: 160 };
			return parameter.name === 'payload.originator.role' ? { ...parameter, values: ['guest'] } : parameter;
		});
		expect(homeProblems([{ ...text, parameters }], definitions)).toEqual([
			`${text.id}, payload.speech: text does not stop at 160 characters`,
			`${text.id}, payload.originator.role: originatorRole does not offer guest`,
		]);
	});
});

describe('the share that is served', () => {
	it.each(rows)('is not under the floor: document $document in $host', ({ document, host, count }) => {
		expect(shareOf(count)).toBeGreaterThanOrEqual(floor[document][host]);
	});

	it('falls when a home is taken away', () => {
		const without = entries.map((one) =>
			one.id === 'flowxo.conversations.list'
				? {
						...one,
						home: null,
						parameters: one.parameters.map((parameter) => ({ ...parameter, home: null })),
					}
				: one,
		);
		const share = (list: readonly Entry[]): number => shareOf(countServed(list, '000', 'n8n', definitions));
		expect(share(without)).toBeLessThan(share(entries));
	});
});
