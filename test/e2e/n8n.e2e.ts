import { actionTriggerTests } from './n8n-action';
import { actionTests } from './n8n-actions';
import { badInputTests } from './n8n-bad-input';
import { credentialTests } from './n8n-credentials';
import { editorTests } from './n8n-editor';
import { lifecycleTests } from './n8n-lifecycle';
import { streamTests } from './n8n-stream';
import { webhookTests } from './n8n-webhook';
import { webhookCaseTests } from './n8n-webhook-cases';
import { SETUP_MS, startSuite, type Suite } from './n8n-suite';

// One server for all of it: it takes longer to start than most tests take to run.
describe('the packed packages in a real n8n', () => {
	let suite: Suite;
	beforeAll(async () => {
		suite = await startSuite();
	}, SETUP_MS);
	afterAll(async () => await suite?.close());

	it('offers every node of the three packages', () => {
		expect([...suite.server.types].sort()).toEqual([
			'n8n-nodes-chatlayer.chatlayer',
			'n8n-nodes-flowai.flowAi',
			'n8n-nodes-flowai.flowAiActionTrigger',
			'n8n-nodes-flowai.flowAiStreamTrigger',
			'n8n-nodes-flowai.flowAiTrigger',
			'n8n-nodes-flowxo.flowXo',
			'n8n-nodes-flowxo.flowXoTrigger',
			'n8n-nodes-flowxo.flowXoWebhookTrigger',
		]);
	});

	// First, since the editor offers the newest credential, and the other tests store wrong ones.
	describe('the editor', () => editorTests(() => suite));
	describe('actions', () => actionTests(() => suite));
	describe('bad input', () => badInputTests(() => suite));
	describe('credentials', () => credentialTests(() => suite));
	describe('Flow.ai Trigger', () => webhookTests(() => suite));
	describe('Flow.ai Action Trigger', () => actionTriggerTests(() => suite));
	describe('webhook cases', () => webhookCaseTests(() => suite));
	describe('Flow.ai Stream Trigger', () => streamTests(() => suite));
	// Last, since it ends the server and starts it again.
	describe('an active workflow', () => lifecycleTests(() => suite));
});
