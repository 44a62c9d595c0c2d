import { numberOf } from '@convoflow/client';
import { EXAMPLE_RANGE } from '../bot-series';
import { range } from '../fields';
import { counted, operation, row } from '../operation';
import { asRange, readPeriod } from '../period';

/** Lists the log of an app integration. Chatlayer reference §4.6, ListAppIntegrationsLogs. */
export const getMany = operation({
	name: 'getMany',
	displayName: 'Get Many',
	action: 'Get many app logs',
	description: 'List what an app integration logged',
	keywords: ['list', 'errors', 'debug', 'integration'],
	effect: 'read',
	returns: 'many',
	fields: {
		appId: {
			kind: 'string',
			label: 'App ID',
			description: 'The app integration',
			placeholder: 'e.g. app-1',
			required: true,
			from: 'appId',
		},
		...range,
	},
	optional: {
		query: {
			kind: 'string',
			label: 'Query',
			description: 'Only entries that fit this text',
			placeholder: 'e.g. error',
		},
	},
	run: (client, input, context) =>
		client.subscriptions.appLogs({
			appId: input.appId,
			...asRange(readPeriod(input, context.now())),
			query: input.query,
			limit: context.limit,
			signal: context.signal,
		}),
	simplify: (rows) =>
		rows.map((entry) =>
			row(entry, {
				id: 'id',
				timestamp: 'timestamp',
				type: 'log_type',
				severityLevel: ({ severity_level }) => numberOf(severity_level),
				message: 'log_message',
				eventMethod: 'event_method',
				eventCommand: 'event_command',
				appId: 'app_id',
				appVersion: 'app_version',
				attributes: 'log_attributes',
			}),
		),
	errors: {
		CHATLAYER_NOT_FOUND: {
			code: 'CHATLAYER_APP_NOT_FOUND',
			message: 'Chatlayer does not know this app',
			advice: 'Check the field "App ID". The token must belong to its team.',
		},
	},
	summary: counted('entry', 'entries'),
	examples: [{ name: 'The first ten', input: { appId: 'app-1', ...EXAMPLE_RANGE, limit: 10 } }],
});
