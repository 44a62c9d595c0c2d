import type { ChatlayerClient, ChatlayerCoreClient, JsonObject, JsonValue } from '@convoflow/client';
import { operationsFor } from '@convoflow/kit';

/** Defines an operation of the Analytics API. */
export const operation = operationsFor<ChatlayerClient>('chatlayer', 'chatlayerApi');

/** Defines an operation of the core API, which was seen in use but is not in the source document. */
export const coreOperation = operationsFor<ChatlayerCoreClient>('chatlayer', 'chatlayerCoreApi');

/** Defines an operation that asks nothing of the service. */
export const localOperation = operationsFor<undefined>('chatlayer');

const TOKEN = 'The token must belong to its team, and the region be that of the team.';

/** What an error means where something of a bot was not found. */
export const botErrors = {
	CHATLAYER_NOT_FOUND: {
		code: 'CHATLAYER_BOT_NOT_FOUND',
		message: 'Chatlayer does not know this bot',
		advice: `Check the field "Bot": the ID is the part after /bots/ in the address of the app. ${TOKEN}`,
	},
} as const;

/** What an error means where something of a team was not found. */
export const teamErrors = {
	CHATLAYER_NOT_FOUND: {
		code: 'CHATLAYER_TEAM_NOT_FOUND',
		message: 'Chatlayer does not know this team',
		advice: `Check the field "Team ID". ${TOKEN}`,
	},
} as const;

/**
 * What an error means where either the bot or something of it was not found.
 * @param thing in small letters, e.g. `step`
 * @param label of its field
 */
export function thingErrors(thing: string, label: string) {
	return {
		CHATLAYER_NOT_FOUND: {
			code: `CHATLAYER_${thing.toUpperCase()}_NOT_FOUND`,
			message: `Chatlayer does not know this ${thing} of this bot`,
			advice: `Check the fields "Bot" and "${label}". ${TOKEN}`,
		},
	};
}

/** The parts of a list that is separated by commas. */
export function listed(text: string | undefined): string[] | undefined {
	return text
		?.split(',')
		.map((one) => one.trim())
		.filter((one) => one !== '');
}

/** Renames members of an answer's row; what is missing is null. Members are read by a function or by name. */
export function row(
	source: JsonObject,
	columns: Readonly<Record<string, string | ((source: JsonObject) => JsonValue | undefined)>>,
): JsonObject {
	return Object.fromEntries(
		Object.entries(columns).map(([column, from]) => [
			column,
			(typeof from === 'string' ? source[from] : from(source)) ?? null,
		]),
	);
}

/** One sentence about a number of things. */
export function counted(one: string, many: string): (rows: number) => string {
	return (rows) => (rows === 1 ? `1 ${one}` : `${rows} ${many}`);
}
