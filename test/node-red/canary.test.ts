import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { actionNodes } from '../../packages/node-red/src';
import { allForms, canaryKeys, formsOf, foundIn, textsBelow } from '../support/canary';
import { startNodeRed, type NodeRed } from './harness';
import { only, sandboxSettings } from './harness/sandbox-settings';

describe('a key of this run', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	const keys = canaryKeys();
	/** What each credential sends, by its name. */
	const sent: Readonly<Record<string, readonly string[]>> = {
		flowAiApi: [keys.flowAiRest],
		flowAiManagementApi: [keys.flowAiManagement],
		flowAiSocketApi: [keys.flowAiClientId],
		flowXoApi: [keys.flowXo],
		chatlayerApi: [keys.chatlayerTokenSecret, `${keys.chatlayerTokenId}:${keys.chatlayerTokenSecret}`],
		chatlayerCoreApi: [keys.chatlayerCore],
	};
	const forms = allForms(keys);

	beforeAll(async () => {
		sandbox = await startSandbox({ botDelayMs: 0, keys });
		red = await startNodeRed();
	}, 120_000);
	afterAll(async () => {
		await red.stop();
		await sandbox.close();
	});

	it('HTTP-19 NODE-33 is found in no output, log, status, file, exported flow or log of the sandbox', async () => {
		const settings = sandboxSettings(sandbox);
		const seen: [string, string][] = [];
		const worked = new Set<string>();
		for (const { type, operations } of actionNodes) {
			const asking = operations.find(({ operation }) => operation.effect === 'read') ?? operations[0];
			const credential = asking?.credential?.name;
			if (!asking || credential === undefined || credential === 'flowAiActionApi') continue;
			const example = asking.operation.examples[0]?.input ?? {};
			for (const isBroken of [false, true]) {
				if (isBroken) {
					// A service, or a proxy before it, that says what it was sent.
					const body = `no: ${(sent[credential] ?? []).flatMap(formsOf).join(' ')}`;
					sandbox.faults.add({ action: { type: 'status', status: 400, body: { message: body } } });
				}
				const result = await red.callNode({
					type,
					config: { operation: asking.id, ...example },
					settings: only(settings, credential),
					msg: { ...example },
				});
				sandbox.faults.clear();
				if (!result.error) worked.add(credential);
				seen.push([`${type}${isBroken ? ', refused' : ''}`, JSON.stringify(result)]);
			}
		}
		expect(worked.size).toBeGreaterThan(3);
		const flows = await red.admin('/flows');
		seen.push(
			['exported flows', await flows.text()],
			['stdout', red.log()],
			['debug', JSON.stringify(red.debug)],
			['log of the sandbox', JSON.stringify([sandbox.requests(), sandbox.deliveries()])],
			...textsBelow(red.userDir),
		);
		expect(foundIn(seen, forms)).toEqual([]);
	}, 180_000);
});
