import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { listFaults, pageRows } from '../faults/lists';
import { notFound, unauthorized } from '../http/errors';
import { integer } from '../http/params';
import { guard } from '../http/scope';
import type { JsonObject } from '../json';
import { flowAiErrors, flowAiNotFound, sameText } from './rest/scope';

export const PROJECT_ID = 'pr-1';
/** Default and maximum are unknown (Flow.ai reference §7). */
const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;
const CREATED = '2018-11-05T07:00:00.000Z';

const TITLES = [
	'Greeting',
	'Booking',
	'Opening hours',
	'Menu',
	'Complaint',
	'Handover',
	'Location',
	'Small talk',
];

function steps(n: number): JsonObject[] {
	const written = n % 2 === 0;
	const intent = {
		intentId: `in-${n}`,
		title: 'Greeting',
		createdAt: CREATED,
		examples: [{ query: 'hej', entities: [] }],
	};
	const action = { type: 'TEXT', payload: { texts: ['Hej!'], quickReplies: [], delay: 0 } };
	const first = {
		stepId: `st-${n}-1`,
		type: n % 7 === 3 ? 'EVENT' : 'INTENT',
		title: 'First',
		contexts: [],
		// In lists, intents and actions are whole objects or just ids.
		actions: written ? [action] : [`ac-${n}`],
		...(n % 7 === 3 ? {} : { intent: written ? intent : `in-${n}` }),
	};
	if (n % 3 !== 0) return [first];
	const slot = { validation: 'REQUIRED', entityId: 'system.date', label: 'day' };
	return [
		first,
		{ stepId: `st-${n}-2`, type: 'SLOT', title: 'Day', contexts: [first.stepId], actions: [], slot },
	];
}

/** The project's 23 flows. */
const FLOWS: JsonObject[] = Array.from({ length: 23 }, (_, n) => ({
	flowId: `fl-${n + 1}`,
	projectId: PROJECT_ID,
	brainId: 'br-1',
	title: `${TITLES[n % TITLES.length]}${n < TITLES.length ? '' : ` ${Math.floor(n / TITLES.length) + 1}`}`,
	group: n % 2 === 0 ? 'Tables' : 'Service',
	createdAt: CREATED,
	disabled: n % 10 === 9,
	steps: steps(n + 1),
}));

/** The Management interface (Flow.ai reference §7): one operation that answers with a bare array. */
export function managementRoutes(app: FastifyInstance, context: Context): void {
	flowAiErrors(app);
	flowAiNotFound(app);
	guard(app, (request) => {
		const key = /^bearer\s+(.*)$/i.exec(request.headers.authorization ?? '')?.[1];
		if (key === undefined) throw unauthorized('Send the management key as Authorization: Bearer <key>');
		if (!sameText(key, context.keys.flowAiManagement)) throw unauthorized('The management key is not valid');
	});
	app.get('/projects/:projectId/flows', (request) => {
		const id = (request.params as { projectId: string }).projectId;
		if (id !== PROJECT_ID) throw notFound(`There is no project ${id}`);
		const limit = integer(request.query, 'limit', DEFAULT_LIMIT, 0, MAX_LIMIT);
		const fault = listFaults(request);
		const skip = fault.ignoreSkip === true ? 0 : integer(request.query, 'skip', 0, 0);
		return pageRows(FLOWS.slice(skip, skip + Math.min(limit, fault.maxLimit ?? limit)), fault);
	});
}
