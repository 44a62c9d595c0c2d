import { ConvoflowError, isConvoflowError } from '../../errors';
import { isObject, textOf } from '../../json';
import type { JsonObject, JsonValue } from '../../ports';
import { digestOf } from '../../webhook/same-text';
import type { ChatlayerClient } from '../client';
import { PUSH_EVENTS } from './read-push';
import type { PushSecrets } from './verify-push';

/** The subscriptions that a trigger wants: one for each kind of event, since the service has one kind for each. */
export interface WantedSubscriptions {
	readonly botId: string;
	readonly botVersion: string;
	/** `trackingEvent`, `messageEvent`, `flowEvent`; what is no kind of the service is passed over. */
	readonly events: readonly string[];
	/** Tracked events by name; every one when absent. */
	readonly eventNames?: readonly string[] | undefined;
	/** Address of the trigger without a query, its own and nobody else's. */
	readonly address: string;
	readonly secrets: PushSecrets;
}

/** What a host keeps of the subscriptions of a trigger; plain JSON without a secret. */
export type KeptSubscriptions = {
	readonly botId: string;
	readonly ids: string[];
	/** Digest of the token in the registered addresses. */
	readonly tokenDigest: string;
};

/** Reads what a host has kept; undefined for nothing, and for what is not understood. */
export function readKept(stored: JsonValue | undefined): KeptSubscriptions | undefined {
	if (!isObject(stored)) return undefined;
	const botId = textOf(stored['botId']);
	const ids = Array.isArray(stored['ids']) ? stored['ids'].filter((id) => typeof id === 'string') : [];
	const tokenDigest = textOf(stored['tokenDigest']) ?? '';
	return botId === undefined ? undefined : { botId, ids, tokenDigest };
}

/** A subscription that the trigger wants, as the service writes it. */
interface Wanted {
	readonly eventType: string;
	readonly eventNames: readonly string[];
	readonly target: string;
}

/** Words of a status by which a subscription is over; only one status is published (Chatlayer reference §9). */
const OVER = /fail|exceed|revok|expire|disable|inactive|removed/i;
/** A proof that never came: whoever asked for it is gone. */
const UNPROVEN = /pending/i;

function statusOf(one: JsonObject): string {
	return textOf(one['status']) ?? '';
}

function wantedOf({ events, eventNames = [], address, secrets }: WantedSubscriptions): Wanted[] {
	return Object.entries(PUSH_EVENTS)
		.filter(([kind]) => events.includes(kind))
		.map(([, eventType]) => {
			const url = new URL(address);
			url.searchParams.set('event', eventType);
			url.searchParams.set('token', secrets.token);
			return {
				eventType,
				// Chatlayer reference §9: names are for tracking events only.
				eventNames: eventType === PUSH_EVENTS.trackingEvent ? eventNames : [],
				target: url.href,
			};
		});
}

function addressOf(one: JsonObject): string | undefined {
	const target = textOf(one['target']) ?? '';
	if (!URL.canParse(target)) return undefined;
	const url = new URL(target);
	return url.origin + url.pathname;
}

function isEqual(some: readonly string[], others: readonly string[]): boolean {
	return [...some].sort().join('\n') === [...others].sort().join('\n');
}

function isAlive(one: JsonObject): boolean {
	return !OVER.test(statusOf(one)) && !UNPROVEN.test(statusOf(one));
}

function fits(one: JsonObject, wanted: Wanted, botVersion: string): boolean {
	const names = Array.isArray(one['event_names'])
		? one['event_names'].filter((n) => typeof n === 'string')
		: [];
	return (
		isAlive(one) &&
		textOf(one['target']) === wanted.target &&
		textOf(one['event_type']) === wanted.eventType &&
		(textOf(one['bot_version']) ?? botVersion) === botVersion &&
		isEqual(names, wanted.eventNames)
	);
}

/** What is there of a trigger's subscriptions, and what is not. */
interface Compared {
	/** Those that are as they should be, one for each kind. */
	readonly right: readonly string[];
	/** Others at the address of the trigger: outdated, over, or doubled. */
	readonly wrong: readonly string[];
	readonly missing: readonly Wanted[];
}

async function compare(
	client: ChatlayerClient,
	all: WantedSubscriptions,
	kept: KeptSubscriptions | undefined,
	signal: AbortSignal | undefined,
): Promise<Compared> {
	const address = addressOf({ target: all.address });
	const knownIds = kept?.botId === all.botId ? kept.ids : [];
	const own: JsonObject[] = [];
	for await (const page of client.subscriptions.list({ botId: all.botId, signal }))
		own.push(
			...page.filter((one) => addressOf(one) === address || knownIds.includes(textOf(one['id']) ?? '')),
		);
	const missing: Wanted[] = [];
	const right = new Set<JsonObject>();
	for (const wanted of wantedOf(all)) {
		const found = own.find((one) => fits(one, wanted, all.botVersion));
		if (found) right.add(found);
		else missing.push(wanted);
	}
	const idsOf = (some: readonly JsonObject[]): string[] => some.flatMap((one) => textOf(one['id']) ?? []);
	return { right: idsOf([...right]), wrong: idsOf(own.filter((one) => !right.has(one))), missing };
}

/** Removes a subscription; one that is gone is as good as removed (Chatlayer reference §9). */
async function remove(
	client: ChatlayerClient,
	botId: string,
	subscriptionId: string,
	signal: AbortSignal | undefined,
): Promise<void> {
	try {
		await client.subscriptions.remove({ botId, subscriptionId, signal });
	} catch (error) {
		if (!isConvoflowError(error) || error.status !== 404) throw asItIs(error);
	}
}

function asItIs(error: unknown): unknown {
	return error;
}

function notProven(address: string, status: string): ConvoflowError {
	const { host } = new URL(address);
	return new ConvoflowError(
		'CHATLAYER_ADDRESS_NOT_VERIFIED',
		`Chatlayer could not verify the address of this trigger (${status})`,
		{
			advice: `Chatlayer calls ${host} while it subscribes and wants its challenge back: the address must be reachable from the internet over HTTPS on port 443. Check the public address of this server; if it is right, set the option "Challenge Answer" the other way.`,
		},
	);
}

/**
 * Tells whether every subscription that a trigger wants is there and alive, and no other at its address. Asks
 * the service: what a host remembers may be outdated.
 * @throws `CHATLAYER_…`
 */
export async function isSubscribed(
	client: ChatlayerClient,
	wanted: WantedSubscriptions,
	kept: KeptSubscriptions | undefined,
	signal?: AbortSignal,
): Promise<boolean> {
	const { wrong, missing } = await compare(client, wanted, kept, signal);
	return missing.length === 0 && wrong.length === 0 && (kept === undefined || kept.botId === wanted.botId);
}

/**
 * Brings the service to what a trigger wants: leaves what is right, removes what is outdated, over or doubled at
 * its address, and creates the rest. Safe to repeat after any interruption. The address must answer before this
 * is called, since the challenge may come during it (Chatlayer reference §9).
 * @returns what the host is to keep
 * @throws `CHATLAYER_ADDRESS_NOT_VERIFIED` when the challenge was not answered, `CHATLAYER_…`
 */
export async function subscribe(
	client: ChatlayerClient,
	all: WantedSubscriptions,
	kept: KeptSubscriptions | undefined,
	signal?: AbortSignal,
): Promise<KeptSubscriptions> {
	if (kept && kept.botId !== all.botId) await unsubscribe(client, kept, all.address, signal);
	const { right, wrong, missing } = await compare(client, all, kept, signal);
	for (const id of wrong) await remove(client, all.botId, id, signal);
	const ids = [...right];
	for (const { eventType, eventNames, target } of missing) {
		const { subscription } = await client.subscriptions.create({
			botId: all.botId,
			botVersion: all.botVersion,
			target,
			secret: all.secrets.secret,
			eventType,
			...(eventNames.length > 0 ? { eventNames } : {}),
			signal,
		});
		const created = isObject(subscription) ? subscription : {};
		const id = textOf(created['id']);
		if (OVER.test(statusOf(created))) {
			if (id !== undefined) await remove(client, all.botId, id, signal);
			throw notProven(all.address, statusOf(created));
		}
		if (id !== undefined) ids.push(id);
	}
	return { botId: all.botId, ids, tokenDigest: await digestOf(all.secrets.token) };
}

/**
 * Removes the subscriptions of a trigger: those that were kept, and whatever else calls its address.
 * @throws `CHATLAYER_…` when one of them is still there
 */
export async function unsubscribe(
	client: ChatlayerClient,
	kept: Pick<KeptSubscriptions, 'botId' | 'ids'>,
	address: string,
	signal?: AbortSignal,
): Promise<void> {
	for (const id of kept.ids) await remove(client, kept.botId, id, signal);
	const all = { ...kept, botVersion: '', events: [], address, secrets: { token: '', secret: '' } };
	const { wrong } = await compare(client, all, undefined, signal);
	for (const id of wrong) await remove(client, kept.botId, id, signal);
}
