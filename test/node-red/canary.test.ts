import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '@convoflow/sandbox';
import { actionNodes } from '../../packages/node-red/src';
import { startNodeRed, type NodeRed } from './harness';
import { only, sandboxSettings } from './harness/sandbox-settings';

/** A new key for each run, with every character that some encoding changes. */
const key = (): string => `k+/${randomBytes(12).toString('base64')}=&%>`;

/** A key, and a pair where one is sent as such, in every form in which it could turn up. */
function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	const base64 = bytes.toString('base64');
	return [
		secret,
		encodeURIComponent(secret),
		JSON.stringify(secret).slice(1, -1),
		base64,
		base64.replace(/=+$/, ''),
		bytes.toString('base64url'),
		encodeURIComponent(base64),
	];
}

/** The files below a folder as texts. Modules are not ours. */
function* textsBelow(folder: string): Generator<[string, string]> {
	for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		const path = join(folder, name);
		if (name.includes('node_modules') || name.endsWith('.tgz') || !statSync(path).isFile()) continue;
		yield [name, readFileSync(path, 'latin1')];
	}
}

describe('a key of this run', () => {
	let sandbox: Sandbox;
	let red: NodeRed;
	const keys = {
		flowAiRest: key(),
		flowAiManagement: key(),
		flowAiClientId: key(),
		flowXo: key(),
		chatlayerTokenId: `id-${randomBytes(6).toString('hex')}`,
		chatlayerTokenSecret: key(),
		chatlayerCore: key(),
	};
	const { chatlayerTokenId: id, ...secrets } = keys;
	/** What each credential sends, by its name. */
	const sent: Readonly<Record<string, readonly string[]>> = {
		flowAiApi: [keys.flowAiRest],
		flowAiManagementApi: [keys.flowAiManagement],
		flowAiSocketApi: [keys.flowAiClientId],
		flowXoApi: [keys.flowXo],
		chatlayerApi: [keys.chatlayerTokenSecret, `${id}:${keys.chatlayerTokenSecret}`],
		chatlayerCoreApi: [keys.chatlayerCore],
	};
	const forms = [...Object.values(secrets), `${id}:${keys.chatlayerTokenSecret}`].flatMap(formsOf);

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
		const found = seen.flatMap(([where, text]) =>
			forms.filter((form) => text.includes(form)).map((form) => [where, form]),
		);
		expect(found).toEqual([]);
	}, 180_000);
});
