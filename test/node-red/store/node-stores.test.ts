import { EventEmitter } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Red } from '../../../packages/node-red/src/runtime/red';
import { openNodeStore } from '../../../packages/node-red/src/store/node-stores';

let userDir: string;
let configured: string[];
let events: EventEmitter;
let red: Red;
beforeEach(async () => {
	userDir = await mkdtemp(join(tmpdir(), 'stores-'));
	configured = ['one', 'two'];
	events = new EventEmitter();
	red = {
		events,
		settings: { userDir },
		nodes: {
			eachNode: (visit: (config: { id: string }) => void) => configured.forEach((id) => visit({ id })),
		},
	} as unknown as Red;
});
afterEach(async () => await rm(userDir, { recursive: true, force: true }));

const files = async (): Promise<string[]> => (await readdir(join(userDir, 'convoflow'))).sort();

async function keep(id: string, value: number): Promise<(isRemoved: boolean) => Promise<void>> {
	const node = openNodeStore(red, id);
	await (await node.store).set('value', value);
	return async (isRemoved) => await node.release(isRemoved);
}

it('a node finds its values again after a deploy, also when it starts before it has closed', async () => {
	const release = await keep('one', 1);
	const closing = release(false);
	const again = openNodeStore(red, 'one');
	expect((await again.store).get('value')).toBe(1);
	await closing;
	await (await again.store).set('value', 2);
	await again.release(false);
	expect(await files()).toEqual(['one.log']);
});

it('the file of a deleted node goes once the deploy is through; that of a disabled one stays', async () => {
	const releases = [await keep('one', 1), await keep('two', 2)];
	for (const release of releases) await release(true);
	expect(await files()).toEqual(['one.log', 'two.log']);
	configured = ['two'];
	events.emit('flows:started');
	// Opening it waits until the old file is gone.
	const gone = openNodeStore(red, 'one');
	expect((await gone.store).size).toBe(0);
	await gone.release(false);
	expect(await files()).toEqual(['two.log']);
	// Deleted later, while it was disabled.
	configured = [];
	events.emit('flows:started');
	const later = openNodeStore(red, 'two');
	expect((await later.store).size).toBe(0);
	await later.release(false);
	expect(await files()).toEqual([]);
});

it('a node that comes back with the same id, as by undo, starts anew', async () => {
	await (
		await keep('gone', 1)
	)(true);
	configured = [];
	events.emit('flows:started');
	const back = openNodeStore(red, 'gone');
	const store = await back.store;
	expect(store.size).toBe(0);
	await store.set('value', 5);
	await back.release(false);
	const after = openNodeStore(red, 'gone');
	expect((await after.store).get('value')).toBe(5);
	await after.release(false);
});

it('a node inside a subflow is there while the subflow and its instance are', async () => {
	const release = await keep('a-b-one', 1);
	configured = ['a', 'b', 'one'];
	await release(true);
	events.emit('flows:started');
	await keep('two', 1).then(async (done) => await done(false));
	expect(await files()).toEqual(['a-b-one.log', 'two.log']);
});

it('nodes write side by side', async () => {
	const releases = await Promise.all([keep('one', 1), keep('two', 2)]);
	await Promise.all(releases.map(async (release) => await release(false)));
	expect(await files()).toEqual(['one.log', 'two.log']);
});
