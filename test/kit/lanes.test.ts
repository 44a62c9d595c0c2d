import { Lanes } from '@convoflow/kit';
import fc from 'fast-check';
import { rejection } from '../support/fake-ports';
import { VirtualClock } from '../support/virtual-clock';

describe('Lanes', () => {
	it('hands back what a task returns, or its rejection', async () => {
		const lanes = new Lanes(1);
		expect(await lanes.run('a', () => Promise.resolve(5))).toBe(5);
		const broken = new Error('broken');
		expect(await rejection(lanes.run('a', () => Promise.reject(broken)))).toBe(broken);
	});

	it('NODE-34 goes on after a task that fails, even one that throws at once', async () => {
		const lanes = new Lanes(1);
		const failing = rejection(
			lanes.run('a', () => {
				throw new TypeError('thrown, not rejected');
			}),
		);
		const after = lanes.run('a', () => Promise.resolve('next'));
		const other = lanes.run('b', () => Promise.resolve('other'));
		expect(await failing).toBeInstanceOf(TypeError);
		expect(await Promise.all([after, other])).toEqual(['next', 'other']);
	});

	it('lets other lanes go on while one waits', async () => {
		const clock = new VirtualClock();
		const lanes = new Lanes(2);
		const done: string[] = [];
		const task = (name: string, ms: number) => async (): Promise<void> => {
			await clock.sleep(ms);
			done.push(name);
		};
		const all = [
			lanes.run('slow', task('slow 1', 1_000)),
			lanes.run('slow', task('slow 2', 1)),
			lanes.run('quick', task('quick 1', 10)),
			lanes.run('quick', task('quick 2', 10)),
		];
		await clock.run(Promise.all(all));
		expect(done).toEqual(['quick 1', 'quick 2', 'slow 1', 'slow 2']);
	});

	it('takes turns, so that a long lane does not hold up the others', async () => {
		const lanes = new Lanes(1);
		const done: string[] = [];
		const add = (lane: string, name: string): Promise<void> =>
			lanes.run(lane, () => {
				done.push(name);
				return Promise.resolve();
			});
		await Promise.all([add('a', 'a1'), add('a', 'a2'), add('a', 'a3'), add('b', 'b1')]);
		expect(done.indexOf('b1')).toBeLessThan(done.indexOf('a3'));
	});

	it('starts a task only when its turn has come, and none of a lane side by side', async () => {
		const clock = new VirtualClock();
		const lanes = new Lanes(9);
		let active = 0;
		const tasks = [1, 2, 3].map(() =>
			lanes.run('one', async () => {
				active += 1;
				expect(active).toBe(1);
				await clock.sleep(5);
				active -= 1;
			}),
		);
		await clock.run(Promise.all(tasks));
	});

	it('for any tasks: order within a lane, all of them done, never more at once than allowed', async () => {
		const task = fc.record({
			lane: fc.option(fc.constantFrom('a', 'b', 'c', ''), { nil: undefined }),
			ms: fc.constantFrom(0, 1, 10, 500),
			end: fc.constantFrom('good', 'good', 'rejects', 'throws'),
			startMs: fc.constantFrom(0, 0, 5),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(task, { maxLength: 25 }),
				fc.integer({ min: 1, max: 4 }),
				async (tasks, most) => {
					const clock = new VirtualClock();
					const lanes = new Lanes(most);
					const begun: number[] = [];
					let active = 0;
					const runOne = async (index: number): Promise<string> => {
						const { lane, ms, end } = tasks[index] ?? { lane: 'a', ms: 0, end: 'good' };
						return await lanes.run(lane, () => {
							begun.push(index);
							active += 1;
							expect(active).toBeLessThanOrEqual(most);
							if (end === 'throws') {
								active -= 1;
								throw new Error('thrown');
							}
							return clock.sleep(ms).then(() => {
								active -= 1;
								if (end === 'rejects') throw new Error('rejected');
								return 'good';
							});
						});
					};
					const order = [...tasks.keys()].sort(
						(one, other) => (tasks[one]?.startMs ?? 0) - (tasks[other]?.startMs ?? 0) || one - other,
					);
					const early = order.filter((index) => tasks[index]?.startMs === 0).map((index) => runOne(index));
					const settledEarly = Promise.allSettled(early);
					await clock.advance(5);
					const late = order.filter((index) => tasks[index]?.startMs !== 0).map((index) => runOne(index));
					const results = [
						...(await clock.run(settledEarly)),
						...(await clock.run(Promise.allSettled(late))),
					];
					expect(begun).toHaveLength(tasks.length);
					results.forEach((result, position) => {
						const isGood = tasks[order[position] ?? 0]?.end === 'good';
						expect(result.status).toBe(isGood ? 'fulfilled' : 'rejected');
					});
					for (const lane of ['a', 'b', 'c', '']) {
						const inLane = (index: number): boolean => tasks[index]?.lane === lane;
						expect(begun.filter(inLane)).toEqual(order.filter(inLane));
					}
					expect(active).toBe(0);
				},
			),
		);
	});
});
