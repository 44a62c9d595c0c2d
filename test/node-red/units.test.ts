import { ConvoflowError } from '@convoflow/client';
import { NodeError, toNodeError, withOrigin } from '../../packages/node-red/src/runtime/errors';
import { InputQueue, type Task } from '../../packages/node-red/src/runtime/input-queue';
import { sentenceCase } from '../../packages/node-red/src/build/letter-case';
import { STATUS_TEXTS } from '../../packages/node-red/src/runtime/status';
import { readLimit } from '../../packages/node-red/src/webhook/read-body';

it.each([
	[undefined, 5 * 1024 ** 2],
	['5mb', 5 * 1024 ** 2],
	['1.5KB', 1_536],
	['900', 900],
	[700, 700],
	['much', 5 * 1024 ** 2],
])('a limit of %p is %p bytes', (setting, bytes) => {
	expect(readLimit(setting)).toBe(bytes);
});

it.each(Object.entries(STATUS_TEXTS))('the status %s fits below a node', (_name, text) => {
	expect(text.length).toBeLessThanOrEqual(20);
	expect(text).not.toMatch(/\blog\b/);
});

it.each([
	['Originator Name', 'Originator name'],
	['As Flow.ai Has Them', 'As Flow.ai has them'],
	['Base URL', 'Base URL'],
])('%p is labelled %p', (title, label) => {
	expect(sentenceCase(title)).toBe(label);
});

describe('errors', () => {
	const error = new ConvoflowError('FLOWAI_RATE_LIMITED', 'Flow.ai asks for fewer requests', {
		advice: 'Wait a little',
		status: 429,
		retryAfterMs: 3_000,
		cause: { code: 'X', message: 'below' },
	});

	it('say what happened and what to do, and carry code and cause of their own', () => {
		const shown = toNodeError(error);
		expect(String(shown)).toBe('Flow.ai asks for fewer requests. Wait a little.');
		expect(Object.hasOwn(shown, 'code') && shown.code).toBe('FLOWAI_RATE_LIMITED');
		expect(Object.hasOwn(shown, 'cause') && shown.cause).toEqual({
			status: 429,
			retryAfterMs: 3_000,
			code: 'X',
			message: 'below',
		});
		expect(shown.cause.toString()).toBe('status: 429, retryAfterMs: 3000, code: X, message: below');
	});

	it('carry a stack only when the fault is ours', () => {
		expect(toNodeError(error).stack).toBeUndefined();
		const fault = new TypeError('x is not a function');
		expect(toNodeError(fault)).toMatchObject({ code: 'CONVOFLOW_BUG', stack: fault.stack });
		expect(toNodeError(toNodeError(error))).toBeInstanceOf(NodeError);
	});

	it('name the source of the field they are about', () => {
		const refused = new ConvoflowError('CONVOFLOW_INVALID_INPUT', 'Text is empty', { field: 'text' });
		const origins = new Map([['text', 'msg.payload']]);
		expect(withOrigin(refused, origins)).toMatchObject({
			message: 'Text is empty (it is read from msg.payload)',
		});
		expect(withOrigin(error, origins)).toBe(error);
	});
});

describe('the queue of a node', () => {
	const never = new Promise<never>(() => undefined);

	/** A task whose fate is written down. */
	function task(name: string, fates: string[], run: () => Promise<void>, lane?: string): Task<string> {
		return {
			read: () => Promise.resolve(name),
			lane: () => lane,
			run,
			settled: (error) => void fates.push(`${name}: ${error instanceof Error ? error.message : 'done'}`),
		};
	}

	it('reports a fault of whoever is told, and goes on', async () => {
		const faults: unknown[] = [];
		const queue = new InputQueue((fault) => void faults.push(fault));
		const fates: string[] = [];
		queue.add({
			...task('bad', fates, () => Promise.resolve(), 'lane'),
			settled: () => {
				throw new Error('downstream');
			},
		});
		await new Promise<void>((resolve) => {
			queue.add({ ...task('good', fates, () => Promise.resolve(), 'lane'), settled: () => resolve() });
		});
		expect(faults).toEqual([new Error('downstream')]);
		expect(queue.waiting).toBe(0);
	});

	it('lets work end when it closes, aborts what does not, and counts what never began', async () => {
		const fates: string[] = [];
		const queue = new InputQueue(() => undefined);
		const started = new Promise<void>((resolve) => {
			queue.add(
				task(
					'stuck',
					fates,
					() => {
						resolve();
						return never;
					},
					'a',
				),
			);
		});
		queue.add(task('behind', fates, () => Promise.resolve(), 'a'));
		await started;
		const startedMs = Date.now();
		expect(await queue.close()).toBe(1);
		expect(Date.now() - startedMs).toBeLessThan(1_000);
		expect(fates).toEqual([]);
		queue.add(task('late', fates, () => Promise.resolve()));
		await new Promise(setImmediate);
		expect(fates).toEqual([]);
	});

	it('tells work that it is to stop', async () => {
		const fates: string[] = [];
		const queue = new InputQueue(() => undefined);
		const started = new Promise<void>((begun) => {
			queue.add({
				...task('slow', fates, () => never),
				run: (_input, signal) =>
					new Promise((_resolve, reject) => {
						begun();
						signal.addEventListener('abort', () => reject(new Error('stopped')));
					}),
			});
		});
		await started;
		expect(await queue.close()).toBe(0);
		expect(fates).toEqual(['slow: stopped']);
	});
});
