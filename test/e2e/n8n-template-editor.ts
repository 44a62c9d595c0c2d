import { readFileSync } from 'node:fs';
import type { Template } from '../../packages/n8n-host/src/templates';
import { EditorPage } from './n8n-editor-page';
import { LIMIT_MS, type Suite } from './n8n-suite';
import { pathOf } from './n8n-template';

/** Templates as a user imports them; a picture of each is taken for the documentation. */
export function templateEditorTests(suite: () => Suite, which: readonly Template[]): void {
	let editor: EditorPage;
	beforeAll(async () => {
		editor = await EditorPage.open(suite().server);
	});
	afterAll(async () => await editor?.close());

	it.each(which.map((template) => [template.file, template] as const))(
		'%s is imported by pasting its text, and its webhook gets an address of its own',
		async (file, template) => {
			await editor.paste(readFileSync(pathOf(template), 'utf8'));
			const expected = template.nodes.filter(({ type }) => !type.endsWith('stickyNote'));
			expect((await editor.nodeNames()).sort()).toEqual(expected.map(({ name }) => name).sort());
			await editor.showCanvas();
			await editor.picture(`template-${file}`);
			const { api } = suite().server;
			const id = await editor.save();
			// The editor knows the ID before the server has the workflow.
			const saved = await api.until(
				async () => await api.workflow(id).catch(() => undefined),
				AbortSignal.timeout(LIMIT_MS),
			);
			const called = saved.nodes.filter(({ type }) => /flowAiTrigger$|\.wait$/.test(type));
			for (const { webhookId } of called) expect(webhookId).toMatch(/^[0-9a-f-]{36}$/);
		},
	);
}
