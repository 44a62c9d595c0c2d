import {
	activityMs,
	buildUrl,
	checkedPath,
	classifyFailure,
	distrust,
	filterEvent,
	isConvoflowError,
	isObject,
	joinSeries,
	messageRows,
	normalizeBaseUrl,
	parseActionCall,
	parseEvent,
	parseFlowXoCall,
	pathPart,
	rawConversationId,
	readFrame,
	readRetryAfter,
	summaryRows,
	tableRows,
	tidyRows,
	verifyActionCall,
	verifyCall,
	type Verification,
} from '@convoflow/client';
import { allFields, maskRow, readFields, redactorOf, type FieldMap } from '@convoflow/kit';
import { credentials } from '@convoflow/credentials';
import { services } from '@convoflow/nodes';
import type { Inputs } from './inputs';

/** A pure function that strangers reach with data. */
export interface Target {
	readonly name: string;
	/** How often it is tried, against the others. */
	readonly weight: number;
	/** Tries it with one input. Throws when it breaks what it promises. */
	readonly run: (inputs: Inputs) => unknown;
}

/** Only refusals of our own may leave a door. */
function refusedOr<T>(work: () => T, check: (result: T) => void = () => undefined): void {
	let result: T;
	try {
		result = work();
	} catch (error) {
		if (isConvoflowError(error)) return;
		throw error;
	}
	check(result);
}

function hold(condition: boolean, rule: string): void {
	if (!condition) throw new Error(`broken: ${rule}`);
}

const FORMS: readonly FieldMap[] = [
	...services.flatMap(({ resources }) =>
		resources.flatMap(({ operations }) => operations.map((operation) => allFields(operation))),
	),
	...credentials.map(({ fields }) => fields),
];

const MODES = ['token', 'jwt'] as const;
const SECRET = 'fake-secret';

function verification(inputs: Inputs): Verification {
	return { mode: inputs.oneOf(MODES), name: inputs.oneOf(['x-token', '', inputs.text()]), secrets: [SECRET] };
}

/** What is tried, by what it is. */
export const TARGETS: readonly Target[] = [
	{
		name: 'webhook: parse an event',
		weight: 10,
		run: (inputs) => {
			const { output, eventKey } = parseEvent(inputs.document(), () => 'key');
			hold(JSON.stringify(output).length > 0 && eventKey !== '', 'an event has a key');
		},
	},
	{
		name: 'webhook: parse a call of an action',
		weight: 6,
		run: (inputs) => {
			const row = parseActionCall({ ...inputs.object(), verifyToken: SECRET });
			hold(!JSON.stringify(row).includes(SECRET), 'the verify token leaves with the call');
		},
	},
	{
		name: 'webhook: parse a call of Flow XO',
		weight: 6,
		run: (inputs) => JSON.stringify(parseFlowXoCall(inputs.document(), () => 'key')),
	},
	{
		name: 'webhook: filter an event',
		weight: 4,
		run: (inputs) => {
			const event = parseEvent(inputs.document(), () => 'key');
			const filter = { events: [event.kind], threadId: inputs.text(), from: 'user', silent: 'only' };
			filterEvent(event, filter, () => false);
		},
	},
	{
		name: 'webhook: verify a call',
		weight: 3,
		run: async (inputs) => {
			const value = inputs.below(5) === 0 ? undefined : inputs.text();
			const call = { header: () => value, query: () => undefined, nowMs: Date.now() };
			const verdict = await verifyCall(verification(inputs), call);
			hold(!verdict.ok && !verdict.reason.includes(SECRET), 'a made-up value is refused, without the secret');
		},
	},
	{
		name: 'webhook: verify a call of an action',
		weight: 2,
		run: async (inputs) => {
			const verdict = await verifyActionCall(inputs.document(), [SECRET]);
			hold(!verdict.ok, 'a made-up token is refused');
		},
	},
	{
		name: 'stream: read a frame',
		weight: 12,
		run: (inputs) => {
			const frame = readFrame(inputs.bytes().toString());
			if (frame) JSON.stringify(frame.output);
		},
	},
	{
		name: 'lists: rows of messages',
		weight: 8,
		run: (inputs) => {
			const entries = inputs.document();
			const list = (Array.isArray(entries) ? entries : [entries]).filter(isObject);
			JSON.stringify(messageRows('t-1', list).map(maskRow));
		},
	},
	{
		name: 'lists: activity of a conversation',
		weight: 2,
		run: (inputs) => hold(typeof activityMs(inputs.object()) === 'number', 'a moment, or NaN'),
	},
	{
		name: 'series: flatten',
		weight: 10,
		run: (inputs) => {
			const answers = [0, 1].map(() => (inputs.below(2) === 0 ? inputs.object() : { data: inputs.json() }));
			const rows = answers.flatMap((one) => [...summaryRows(one), ...tidyRows(one), ...tableRows(one)]);
			const plain = rows.every((row) => Object.getPrototypeOf(row) === Object.prototype);
			hold(plain && JSON.stringify([rows, joinSeries(answers)]).length > 0, 'rows are plain objects');
		},
	},
	{
		name: 'IDs: one part of a path',
		weight: 8,
		run: (inputs) => {
			const id = inputs.text();
			refusedOr(
				() => pathPart('threadId', 'Thread', id),
				(part) => {
					const { pathname, search, hash } = new URL(`https://host.test/a/${part}/b`);
					hold(pathname.split('/').length === 4 && search === '' && hash === '', `${part} is one part`);
					hold(decodeURIComponent(part) === Buffer.from(id).toString(), `${part} arrives unchanged`);
				},
			);
		},
	},
	{
		name: 'IDs: of a conversation',
		weight: 3,
		run: (inputs) => refusedOr(() => rawConversationId(inputs.text())),
	},
	{
		name: 'addresses: path and query',
		weight: 5,
		run: (inputs) => {
			const base = 'https://host.test/api/v1';
			refusedOr(
				() => checkedPath(base, inputs.text()),
				(path) => {
					const url = new URL(buildUrl(base, path, { [inputs.text()]: inputs.text() }));
					hold(
						url.origin === 'https://host.test' && url.pathname.startsWith('/api/v1/'),
						`${path} stays below`,
					);
				},
			);
		},
	},
	{
		name: 'addresses: base URL',
		weight: 3,
		run: (inputs) => refusedOr(() => normalizeBaseUrl(inputs.text(), ['/rest/v1'])),
	},
	{
		name: 'addresses: that came as data',
		weight: 4,
		run: (inputs) => {
			const text = `${inputs.oneOf(['https://', 'wss://', ''])}${inputs.text()}`;
			if (!URL.canParse(text)) return;
			const url = new URL(text);
			const rule = distrust(url, { baseUrl: 'https://api.flow.ai', hosts: ['*.flow.ai'] });
			const isOurs = url.hostname === 'flow.ai' || url.hostname.endsWith('.flow.ai');
			hold(rule !== undefined || isOurs, `${text} leads to another host`);
		},
	},
	{
		name: 'HTTP: Retry-After',
		weight: 4,
		run: (inputs) => {
			const ms = readRetryAfter(inputs.text(), Date.now());
			hold(ms === undefined || (Number.isFinite(ms) && ms >= 0), `${ms} is a wait`);
		},
	},
	{
		name: 'HTTP: why no answer came',
		weight: 2,
		run: (inputs) => classifyFailure(inputs.value()),
	},
	{
		name: 'secrets: taken out of texts',
		weight: 3,
		run: (inputs) => {
			const secret = Buffer.from(`k3y!${inputs.text()}`).toString();
			const said = inputs.text();
			const seen = redactorOf([secret])(`${said}${secret}${said}${encodeURIComponent(secret)}`);
			hold(!seen.includes(secret), 'a secret is seen');
		},
	},
	{
		name: 'forms: custom JSON and every field',
		weight: 10,
		run: (inputs) => {
			const form = inputs.oneOf(FORMS);
			const raw = Object.fromEntries(
				Object.keys(form)
					.filter(() => inputs.below(3) > 0)
					.map((name) => [name, inputs.value()]),
			);
			refusedOr(
				() => readFields(form, inputs.below(20) === 0 ? inputs.object() : raw, { timeZone: 'UTC' }),
				(values) => hold(Object.getPrototypeOf(values) === Object.prototype, 'values are a plain object'),
			);
		},
	},
];
