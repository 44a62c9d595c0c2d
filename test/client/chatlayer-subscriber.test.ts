import {
	ChatlayerClient,
	isSubscribed,
	pushSecrets,
	readKept,
	subscribe,
	textOf,
	unsubscribe,
	type HttpRequest,
	type HttpResponse,
	type JsonObject,
	type KeptSubscriptions,
	type WantedSubscriptions,
} from '@convoflow/client';
import { answer, fakePorts } from '../support/fake-ports';

const ADDRESS = 'https://hooks.example.com/node-1';

/** A service that keeps subscriptions and can be told what to answer. */
class Service {
	list: JsonObject[] = [];
	status = 'enabled';
	requests: string[] = [];
	#count = 0;

	readonly request = ({ method, url, body }: HttpRequest): Promise<HttpResponse> => {
		const { pathname } = new URL(url);
		this.requests.push(method);
		if (method === 'GET') return Promise.resolve(answer({ subscriptions: this.list }));
		if (method === 'DELETE') {
			const id = pathname.split('/').at(-1);
			const isThere = this.list.some((one) => one['id'] === id);
			this.list = this.list.filter((one) => one['id'] !== id);
			return Promise.resolve(isThere ? answer({}) : answer({ code: 5 }, 404));
		}
		const { secret, ...rest } = JSON.parse(String(body)) as JsonObject;
		expect(secret).toMatch(/^[\w-]{32}$/);
		const subscription = { ...rest, id: `sub-${(this.#count += 1)}`, status: this.status };
		this.list.push(subscription);
		return Promise.resolve(answer({ subscription }));
	};

	get targets(): string[] {
		return this.list.map(({ target }) => (textOf(target) ?? '').replace(/token=.*/, ''));
	}
}

let service: Service;
let client: ChatlayerClient;
let wanted: WantedSubscriptions;
beforeEach(async () => {
	service = new Service();
	client = new ChatlayerClient(fakePorts([service.request]), {
		baseUrl: 'https://chatlayer.test',
		retries: 0,
	});
	const secrets = await pushSecrets('key', ADDRESS);
	const events = ['trackingEvent', 'messageEvent', 'revoked'];
	wanted = { botId: 'bot-1', botVersion: 'LIVE', events, eventNames: ['sold'], address: ADDRESS, secrets };
});

function stored(kept: KeptSubscriptions): KeptSubscriptions | undefined {
	return readKept(JSON.parse(JSON.stringify(kept)) as JsonObject);
}

it('makes one subscription for each kind of event, and finds them again', async () => {
	expect(await isSubscribed(client, wanted, undefined)).toBe(false);
	const kept = await subscribe(client, wanted, undefined);
	expect(service.list).toMatchObject([
		{ event_type: 'MESSAGE_EVENT', bot_version: 'LIVE', version: 'v1' },
		{ event_type: 'TRACKING_EVENT', event_names: ['sold'] },
	]);
	expect(service.targets).toEqual([`${ADDRESS}?event=MESSAGE_EVENT&`, `${ADDRESS}?event=TRACKING_EVENT&`]);
	expect(kept.ids).toEqual(['sub-1', 'sub-2']);
	expect(JSON.stringify(kept)).not.toContain(wanted.secrets.token);
	expect(await isSubscribed(client, wanted, stored(kept))).toBe(true);
	// Nothing is kept: what is there tells enough.
	expect(await isSubscribed(client, wanted, undefined)).toBe(true);
	service.requests = [];
	expect(await subscribe(client, wanted, undefined)).toEqual(kept);
	expect(service.requests).toEqual(['GET']);
});

it('leaves what others have subscribed', async () => {
	const foreign = { id: 'other', target: 'https://hooks.example.com/node-2', event_type: 'TRACKING_EVENT' };
	service.list = [foreign];
	const kept = await subscribe(client, wanted, undefined);
	await unsubscribe(client, kept, ADDRESS);
	expect(service.list).toEqual([foreign]);
});

it.each([
	['other names', { eventNames: ['bought'] }, 2],
	['another version', { botVersion: 'DRAFT' }, 2],
	['fewer kinds', { events: ['trackingEvent'] }, 1],
])('replaces what does not fit any more: %s', async (_name, change, count) => {
	const kept = await subscribe(client, wanted, undefined);
	const changed = { ...wanted, ...change };
	expect(await isSubscribed(client, changed, kept)).toBe(false);
	await subscribe(client, changed, kept);
	expect(service.list).toHaveLength(count);
	expect(await isSubscribed(client, changed, kept)).toBe(true);
});

it.each([
	'notification_failures_exceeded',
	'webhook_callback_verification_pending',
	'webhook_callback_verification_failed',
])('subscribes anew where a subscription is over: %s', async (status) => {
	const kept = await subscribe(client, wanted, undefined);
	service.list = service.list.map((one) => ({ ...one, status }));
	expect(await isSubscribed(client, wanted, kept)).toBe(false);
	const again = await subscribe(client, wanted, kept);
	expect(again.ids).toEqual(['sub-3', 'sub-4']);
	expect(service.list.map(({ id }) => id)).toEqual(again.ids);
});

it('mends what was interrupted: doubles at its address, and what was kept elsewhere', async () => {
	await subscribe(client, wanted, undefined);
	service.list.push(...service.list.map((one) => ({ ...one, id: `double-${textOf(one['id']) ?? ''}` })));
	expect(await isSubscribed(client, wanted, undefined)).toBe(false);
	const kept = await subscribe(client, wanted, undefined);
	expect(service.list).toHaveLength(2);
	// The public address has changed: the old one is known by what was kept.
	const moved = { ...wanted, address: 'https://new.example.com/node-1' };
	await subscribe(client, moved, kept);
	expect(service.targets.every((target) => target.startsWith('https://new.example.com/'))).toBe(true);
	expect(service.list).toHaveLength(2);
});

it('goes to another bot and leaves nothing behind', async () => {
	const kept = await subscribe(client, wanted, undefined);
	const other = { ...wanted, botId: 'bot-2' };
	expect(await isSubscribed(client, other, kept)).toBe(false);
	expect((await subscribe(client, other, kept)).botId).toBe('bot-2');
	expect(service.list).toHaveLength(2);
});

it('takes a subscription that is gone for one that is ended', async () => {
	const kept = await subscribe(client, wanted, undefined);
	service.list = [];
	await unsubscribe(client, kept, ADDRESS);
	expect(service.list).toEqual([]);
});

it('says what to do when the address was not verified, and leaves nothing behind', async () => {
	service.status = 'webhook_callback_verification_failed';
	await expect(subscribe(client, wanted, undefined)).rejects.toMatchObject({
		code: 'CHATLAYER_ADDRESS_NOT_VERIFIED',
		advice: expect.stringContaining('hooks.example.com') as string,
	});
	expect(service.list).toEqual([]);
});

it('reads nothing into what it does not understand', () => {
	for (const nonsense of [null, 'text', [], {}, { botId: 1 }]) expect(readKept(nonsense)).toBeUndefined();
});
