import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { credentials, secretSets } from '@convoflow/credentials';
import type { Trigger } from '@convoflow/kit';
import type { WorkflowNode } from '../../packages/demo/src/n8n/api';
import { nodeName, PACKAGES, type TriggerPlan } from '../../packages/n8n-host/src/generate/packages';
import { formOf, PLACES } from '../n8n/places';
import { sandboxValues } from '../samples/record';
import { EditorPage, type Theme } from './n8n-editor-page';
import { picturePath } from './n8n-picture-path';
import type { Suite } from './n8n-suite';

const ROOT = join(__dirname, '../..');
const COLUMNS = 10;
/** Longest time for the pictures of one node, in ms. */
const LIMIT_MS = 600_000;

/** Dots for each one of the page: sharp enough, and no picture has more than 60 kB. */
const SCALE = 1.25;

/** A form to be pictured: what it is called, and its node on the canvas. */
interface Form {
	readonly node: string;
	/** Resource and operation; a trigger has none. */
	readonly operation?: string;
	/** Whether it is the form with which the node opens. */
	readonly isMain: boolean;
	readonly sketch: Omit<WorkflowNode, 'id' | 'position'>;
}

type Credentials = NonNullable<WorkflowNode['credentials']>;
/** Gives a node its credential, by type. */
type Choose = (type: string | undefined) => Promise<Credentials>;

/** What people would write into the fields of a trigger that must be filled in. */
function exampleOf({ fields }: Trigger): Record<string, unknown> {
	const required = Object.entries(fields).filter(
		([, { required: must, default: start }]) => must && start === undefined,
	);
	return Object.fromEntries(
		required.map(([name, { kind, placeholder = '' }]) => {
			const value = placeholder.replace(/^e\.g\. /, '');
			return [name, kind === 'locator' ? { __rl: true, mode: 'id', value } : value];
		}),
	);
}

/** Every form of a package: one for each operation, filled as in its first example, and one for each trigger. */
async function formsOf(packageName: string, choose: Choose): Promise<Form[]> {
	const operations = PLACES.filter(({ tree }) => tree === packageName).map(async (place): Promise<Form> => {
		const { service, resource, operation, nodeType, title } = place;
		return {
			node: nodeType,
			operation: `${resource.name} ${operation.name}`,
			isMain: resource.name === service.main && operation.name === resource.main,
			sketch: {
				name: title,
				type: `${packageName}.${nodeType}`,
				typeVersion: 1,
				parameters: formOf(place, operation.examples[0]?.input ?? {}),
				credentials: await choose(operation.credential),
			},
		};
	});
	const plans = PACKAGES.find(({ name }) => name === packageName)?.triggers ?? [];
	const triggers = plans.map(async ({ trigger, className }: TriggerPlan): Promise<Form> => {
		const node = nodeName(className);
		return {
			node,
			isMain: true,
			sketch: {
				name: trigger.displayName,
				type: `${packageName}.${node}`,
				typeVersion: 1,
				parameters: exampleOf(trigger),
				webhookId: `picture-${node}`,
				credentials: { ...(await choose(trigger.credential)), ...(await choose(trigger.secrets)) },
			},
		};
	});
	return await Promise.all([...operations, ...triggers]);
}

/** Stores a credential of each type once, named as its form is called. */
function chooser({ server, sandbox }: Suite): Choose {
	const made = new Map<string, Promise<Credentials>>();
	const make = async (type: string): Promise<Credentials> => {
		const { displayName } = [...credentials, ...secretSets].find((one) => one.name === type) ?? {};
		const name = `${displayName ?? type} (sandbox)`;
		const isSecret = secretSets.some((one) => one.name === type);
		const values = isSecret ? { secret: 'fake-secret' } : sandboxValues(sandbox, type);
		return { [type]: { id: await server.api.createCredential(type, name, values), name } };
	};
	return async (type) => {
		if (type === undefined) return {};
		const known = made.get(type) ?? make(type);
		made.set(type, known);
		return await known;
	};
}

/** Pictures of every form: each node in light and dark beside its README, each operation below `build/pictures`. */
export function pictureTests(suite: () => Suite): void {
	const editors = new Map<Theme, EditorPage>();
	let choose: Choose;
	beforeAll(async () => {
		choose = chooser(suite());
		for (const theme of ['light', 'dark'] as const)
			editors.set(theme, await EditorPage.open(suite().server, theme, SCALE));
	});
	afterAll(async () => {
		for (const editor of editors.values()) await editor.close();
	});

	async function openForms(name: string, forms: readonly Form[], theme: Theme): Promise<EditorPage> {
		const nodes = forms.map(({ sketch }, index): WorkflowNode => ({
			...sketch,
			id: `form-${index}`,
			position: [(index % COLUMNS) * 220, Math.floor(index / COLUMNS) * 200],
		}));
		const editor = editors.get(theme);
		if (!editor) throw new Error('There is no editor');
		await editor.openWorkflow(await suite().server.api.createWorkflow({ name, nodes, connections: {} }));
		await editor.showCanvas();
		return editor;
	}

	it.each(PACKAGES.map(({ name }) => name))(
		'show each node of %s in light and dark',
		async (name) => {
			const nodes = (await formsOf(name, choose)).filter(({ isMain }) => isMain);
			for (const theme of ['light', 'dark'] as const) {
				const editor = await openForms(`Nodes of ${name}`, nodes, theme);
				for (const { node, sketch } of nodes) {
					const file = join(ROOT, 'packages', name, 'pictures', `${node}.${theme}.png`);
					await mkdir(dirname(file), { recursive: true });
					await editor.openNode(sketch.name);
					await editor.pictureOfForm(file);
					await editor.closeNode();
					expect((await stat(file)).size).toBeLessThan(60_000);
				}
			}
		},
		LIMIT_MS,
	);

	it.each(PACKAGES.map(({ name }) => name))(
		'show each operation and trigger of %s',
		async (name) => {
			const forms = await formsOf(name, choose);
			const editor = await openForms(`Forms of ${name}`, forms, 'light');
			for (const { node, operation, sketch } of forms) {
				const file = picturePath(join(ROOT, 'build'), node, operation);
				await mkdir(dirname(file), { recursive: true });
				await editor.openNode(sketch.name);
				await editor.pictureOfForm(file);
				await editor.closeNode();
			}
		},
		LIMIT_MS,
	);
}
