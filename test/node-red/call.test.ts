import { startNodeRed, type NodeRed } from './harness';
import { debugNode, node, TAB } from './harness/flow';

const SECRET = 'fake-call-secret';
const BODY = { id: 'c-1', event: 'booking', response_path: 'bot/c/user', message: 'Hello' };

describe('the webhook node of Flow XO', () => {
	let red: NodeRed;
	beforeAll(async () => {
		red = await startNodeRed();
		await red.deploy([
			TAB,
			{
				...node(
					'calls',
					'flowxo-webhook',
					{ path: 'own', verification: 'token', headerName: 'x-secret' },
					'out',
				),
				credentials: { secret: SECRET },
			},
			debugNode('out'),
		]);
	});
	afterAll(async () => await red.stop());

	const call = async (secret: string, body: object, path = 'own'): Promise<number> => {
		const response = await fetch(`${red.nodeUrl}/flowxo/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-secret': secret },
			body: JSON.stringify(body),
		});
		return response.status;
	};

	it('sends a message for every call with the secret, and refuses others', async () => {
		expect(await call('wrong', BODY)).toBe(401);
		expect(await call(SECRET, BODY, 'other')).toBe(404);
		expect(await call(SECRET, BODY)).toBe(200);
		expect(await call(SECRET, BODY)).toBe(200);
		expect(await call(SECRET, { message: 'No id' })).toBe(200);
		const [first, again, third] = (await red.awaitDebug('out', 3)) as Record<string, unknown>[];
		expect(first).toMatchObject({
			topic: 'booking',
			conversationId: 'bot/c/user',
			payload: { eventKey: 'call:booking:c-1', text: 'Hello', body: BODY },
		});
		// What an id stands for is the user's affair: the same one again may be another event.
		expect(again).toMatchObject({ payload: { eventKey: 'call:booking:c-1', body: BODY } });
		expect(third).toMatchObject({ payload: { text: 'No id', conversationId: null } });
		expect(red.log()).not.toContain(SECRET);
	});

	it('tells the dialog its address', async () => {
		const response = await red.admin('/flowxo-webhook/address');
		expect(await response.json()).toEqual({ root: '/node/', route: '/flowxo/webhook', needsLogin: false });
	});
});
