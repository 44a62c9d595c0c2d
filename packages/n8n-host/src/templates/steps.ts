import type { INodeParameters } from 'n8n-workflow';
import type { Canvas, NodeSketch } from './canvas';

/** An address that leads nowhere, until the user puts in that of the team's chat. */
export const TEAM_CHAT = 'https://chat.example.com/hooks/your-team';

/** A thread as the Flow.ai node takes it. */
export const thread = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });

/** An operation of the Flow.ai node. */
export function flowAi(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	more: Partial<NodeSketch> = {},
): NodeSketch {
	return { type: 'n8n-nodes-flowai.flowAi', parameters: { resource, operation, ...parameters }, ...more };
}

/** Sends what a colleague writes; the bot stays out of it. */
export const asColleague = (threadId: string, text: string): NodeSketch =>
	flowAi('message', 'sendText', {
		threadId: thread(threadId),
		longText: 'split',
		text,
		originatorName: 'Support',
		originatorRole: 'moderator',
	});

/** Sets fields of items. */
export function setFields(
	fields: Readonly<Record<string, string | number>>,
	more: Partial<NodeSketch> & { readonly keep?: boolean } = {},
): NodeSketch {
	const { keep = false, ...settings } = more;
	const assignments = Object.entries(fields).map(([name, value]) => ({
		id: name,
		name,
		value,
		type: typeof value === 'number' ? 'number' : 'string',
	}));
	return {
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { assignments: { assignments }, ...(keep ? { includeOtherFields: true } : {}), options: {} },
		...settings,
	};
}

/** Lets items through for which something is true. */
export function onlyIf(expression: string): NodeSketch {
	return {
		type: 'n8n-nodes-base.filter',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: 'condition',
						leftValue: expression,
						rightValue: '',
						operator: { type: 'boolean', operation: 'true', singleValue: true },
					},
				],
				combinator: 'and',
			},
			options: {},
		},
	};
}

/** Writes the text of an item into the team's chat, as most chats take it. */
export const toTeamChat: NodeSketch = {
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		method: 'POST',
		url: TEAM_CHAT,
		sendBody: true,
		bodyParameters: { parameters: [{ name: 'text', value: '={{ $json.text }}' }] },
		options: {},
	},
	retryOnFail: true,
	maxTries: 3,
	waitBetweenTries: 2_000,
};

/** The table of the name before it, whether it was there or not. */
export const tableOf = (node: string): INodeParameters => ({
	__rl: true,
	mode: 'id',
	value: `={{ $('${node}').first().json.id }}`,
});

/** Makes a data table unless it exists. */
export function dataTable(
	tableName: string,
	columns: Readonly<Record<string, 'string' | 'date' | 'number'>>,
): NodeSketch {
	return {
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		parameters: {
			resource: 'table',
			operation: 'create',
			tableName,
			columns: { column: Object.entries(columns).map(([name, type]) => ({ name, type })) },
			options: { createIfNotExists: true },
		},
		executeOnce: true,
		// Two runs may make it at the same moment.
		retryOnFail: true,
	};
}

/** A condition on the rows of a data table. */
export type RowCondition = readonly [column: string, condition: string, value?: string];

/**
 * Reads or writes rows of a data table.
 * @param table name of the node that makes the table
 * @param values by column, for what is written
 */
export function rows(
	operation: 'get' | 'insert' | 'update' | 'upsert' | 'deleteRows',
	table: string,
	conditions: readonly RowCondition[],
	values?: Readonly<Record<string, string>>,
	more: INodeParameters = {},
): NodeSketch {
	const filters = conditions.map(([keyName, condition, keyValue]) => ({
		keyName,
		condition,
		...(keyValue === undefined ? {} : { keyValue }),
	}));
	return {
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		parameters: {
			resource: 'row',
			operation,
			dataTableId: tableOf(table),
			...(filters.length > 0 ? { matchType: 'allConditions', filters: { conditions: filters } } : {}),
			...(values ? { columns: { mappingMode: 'defineBelow', value: { ...values }, schema: [] } } : {}),
			...more,
		},
	};
}

/** The way of what failed: n8n starts it with any published run of this workflow that could not finish. */
export function failures(canvas: Canvas, row: number): Canvas {
	return canvas
		.node(0, row, 'When something fails', { type: 'n8n-nodes-base.errorTrigger' }, ['What failed'])
		.node(
			1,
			row,
			'What failed',
			setFields({
				text: [
					'={{ $json.workflow.name }} could not finish',
					'{{ $json.execution?.lastNodeExecuted ? ` (${$json.execution.lastNodeExecuted})` : "" }}: ',
					'{{ $json.execution?.error?.message ?? $json.trigger?.error?.message }}',
					' {{ $json.execution?.error?.description ?? "" }} {{ $json.execution?.url ?? "" }}',
				].join(''),
			}),
			['Tell the team what failed'],
		)
		.node(2, row, 'Tell the team what failed', toTeamChat)
		.fillIn(
			0,
			row,
			3,
			'**If something fails** your team reads why, and in which execution. Put the address of your team’s chat into *Tell the team what failed*. n8n starts this way for published runs, not for tests in the editor.',
		);
}
