import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { startNodeRed, type FlowNode, type NodeRed, type Settings } from './harness';
import { credentialNode, debugNode, injectNode, node, TAB } from './harness/flow';
import { sandboxSettings } from './harness/sandbox-settings';

type Msg = { payload: Record<string, unknown>; topic: string; conversationId: string };

describe('the events node of Flow XO', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	let settings: Settings;
	beforeAll(async () => {
		sandbox = await startSandbox({ botDelayMs: 0 });
		red = await startNodeRed();
		settings = sandboxSettings(sandbox)['flowXoApi'] as Settings;
	});
	afterAll(async () => {
		await red.stop();
		await sandbox.close();
	});

	/** A node that checks when its button is pressed. */
	function flow(name: string, config: Readonly<Record<string, unknown>> = {}, key = settings): FlowNode[] {
		return [
			TAB,
			injectNode(`${name}-go`, name),
			node(
				name,
				'flowxo-events',
				{ flowXoApi: 'xo', interval: '0', events: 'newMessage', role: 'channel', ...config },
				`${name}-out`,
			),
			debugNode(`${name}-out`),
			credentialNode('xo', key),
		];
	}
	function write(user: string, text: string): void {
		const conversation = sandbox.world.flowXo.begin(user, 'Mara');
		sandbox.world.flowXo.setAgentMode(conversation, true);
		sandbox.world.flowXo.sendAsUser(conversation, text);
	}
	/** Presses the button and waits until the check has ended with this many events. */
	async function check(name: string, events: number): Promise<void> {
		const since = red.statuses(name).length;
		await red.inject(`${name}-go`);
		await red.awaitStatusLike(name, new RegExp(`^\\d\\d:\\d\\d, ${events} new$`), since);
	}
	const shown = (name: string): Msg[] =>
		red.debug.filter(({ id }) => id === `${name}-out`).map(({ value }) => value as Msg);

	it('sends one message an event, as the other nodes of Flow XO take them', async () => {
		await red.deploy(flow('first'));
		await check('first', 0);
		write('4711', 'Number 1');
		await check('first', 1);
		await red.awaitDebug('first-out');
		expect(shown('first')).toEqual([
			expect.objectContaining({
				topic: 'newMessage',
				conversationId: expect.stringMatching(/\/c\/4711$/) as string,
				payload: expect.objectContaining({ event: 'newMessage', text: 'Number 1' }) as object,
			}),
		]);
		await check('first', 0);
	});

	it('NODE-20 goes on where it stopped after a deploy', async () => {
		await red.deploy(flow('second'));
		await check('second', 0);
		await red.deploy([]);
		await red.deploy(flow('third'));
		await check('third', 0);
		write('1', 'Number 2');
		await red.deploy([...flow('third', { name: 'renamed' })]);
		await check('third', 1);
		await check('third', 0);
	});

	it('checks by itself', async () => {
		await red.deploy(flow('fourth', { interval: '1' }));
		await red.awaitStatusLike('fourth', /, 0 new$/);
		write('2', 'Number 3');
		await red.awaitDebug('fourth-out');
		expect(shown('fourth').map(({ payload }) => payload['text'])).toEqual(['Number 3']);
	});

	const wrong = (): Settings => ({ ...settings, credentials: { apiKey: 'not-the-key' } });

	it('NODE-28 says once that the key is refused, and works after it was corrected', async () => {
		const before = red.log().length;
		const asked = sandbox.requests().length;
		await red.deploy(flow('fifth', { interval: '1' }, wrong()));
		await red.awaitStatus('fifth', 'flowxo-events.status.keyRefused');
		await red.deploy(flow('fifth', { name: 'again' }));
		await check('fifth', 0);
		const log = red.log().slice(before);
		expect(log.match(/\[error\]/g)).toHaveLength(1);
		expect(log).not.toContain('not-the-key');
		const refused = sandbox.requests().slice(asked);
		expect(refused.filter(({ status }) => status === 401)).toHaveLength(1);
	});

	it('NODE-22 gives every message that asks in vain to the Catch node, also the same fault again', async () => {
		const caught = { ...node('caught', 'catch', { scope: ['asked'] }, 'caught-out') };
		await red.deploy([...flow('asked', {}, wrong()), caught, debugNode('caught-out')]);
		for (const number of [1, 2]) {
			await red.inject('asked-go', { number });
			const seen = (await red.awaitDebug('caught-out', number)) as { number: number; error: object }[];
			expect(seen.at(-1)).toMatchObject({ number, error: { code: 'FLOWXO_UNAUTHORIZED' } });
		}
	});

	it('says that no credential is chosen', async () => {
		await red.deploy(flow('sixth', { flowXoApi: '' }));
		await red.awaitStatus('sixth', 'flowxo-events.status.noCredential');
	});
});
