import { templates } from '../../packages/n8n-host/src/templates';
import { actionTriggerTests } from './n8n-action';
import { actionTests } from './n8n-actions';
import { agentTests } from './n8n-agent';
import { badInputTests } from './n8n-bad-input';
import { binaryTests } from './n8n-binary';
import { canaryTests } from './n8n-canary';
import { chatlayerTests } from './n8n-chatlayer';
import { credentialTests } from './n8n-credentials';
import { editorTests } from './n8n-editor';
import { flowAiTests } from './n8n-flowai';
import { flowXoTests } from './n8n-flowxo';
import { flowTests } from './n8n-flows';
import { ledgerTests } from './n8n-ledger';
import { lifecycleTests } from './n8n-lifecycle';
import { everyOperationTests } from './n8n-operations';
import { pictureTests } from './n8n-pictures';
import { streamTests } from './n8n-stream';
import { templateEditorTests } from './n8n-template-editor';
import { templateTests } from './n8n-templates';
import { triggerTests } from './n8n-triggers';
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
			'n8n-nodes-chatlayer.chatlayerPollingTrigger',
			'n8n-nodes-chatlayer.chatlayerTrigger',
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
	describe('the forms of Flow XO', () => flowXoTests(() => suite));
	describe('Chatlayer', () => chatlayerTests(() => suite));
	// Pictures are taken by a command of their own, since they take minutes.
	if (process.env['PICTURES'] !== undefined) {
		describe('pictures', () => {
			pictureTests(() => suite);
			describe('of templates', () => templateEditorTests(() => suite, templates()));
		});
	}
	describe('every operation', () => everyOperationTests(() => suite));
	describe('actions', () => actionTests(() => suite));
	describe('files', () => binaryTests(() => suite));
	describe('workflows around the nodes', () => flowTests(() => suite));
	describe('the AI Agent', () => agentTests(() => suite));
	describe('Flow.ai', () => flowAiTests(() => suite));
	describe('bad input', () => badInputTests(() => suite));
	describe('credentials', () => credentialTests(() => suite));
	describe('Flow.ai Trigger', () => webhookTests(() => suite));
	describe('Flow.ai Action Trigger', () => actionTriggerTests(() => suite));
	describe('webhook cases', () => webhookCaseTests(() => suite));
	describe('Flow.ai Stream Trigger', () => streamTests(() => suite));
	describe('templates', () => {
		templateTests(() => suite);
		describe('in the editor', () => templateEditorTests(() => suite, templates().slice(0, 1)));
	});
	describe('the triggers of Flow XO', () => triggerTests(() => suite));
	// Near the end, since it ends the server and starts it again.
	describe('an active workflow', () => lifecycleTests(() => suite));
	// The last: they look at what all the others have done.
	describe('all nodes', () => ledgerTests(() => suite));
	describe('the keys of this run', () => canaryTests(() => suite));
});
