import { importDemo, type WorkflowIds } from '../../packages/demo/src/n8n/demo';
import type { Execution } from '../../packages/demo/src/n8n/execution';
import { NODES } from '../../packages/demo/src/n8n/workflows';
import { THREADS } from '../../packages/demo/src/visitors';
import { LIMIT_MS, SETUP_MS, until, type Suite } from './n8n-suite';

/** Sent while the workflow is deactivated; Flow.ai delivers it again later, which is right. */
const UNHEARD = 9150;

/** Both triggers of one active workflow over its whole life; the numbers are in the messages, nothing of ours counts them. */
export function lifecycleTests(suite: () => Suite): void {
	let ids: WorkflowIds;
	const numbers: number[] = [];

	const has =
		(trigger: string, number: number) =>
		(execution: Execution): boolean =>
			execution.items(trigger).some(({ json }) => String(json['text']).includes(String(number)));

	/** An end user writes on both channels; resolves when both answers of the bot have started a run. */
	const roundTrip = async (number: number): Promise<void> => {
		const { sandbox, server } = suite();
		await until(suite(), () => sandbox.sockets() === 1);
		numbers.push(number);
		await sandbox.world.sendAsUser(THREADS.web, `My number is ${number}`);
		await sandbox.world.sendAsUser(THREADS.rest, `My number is ${number}`, 'rest');
		for (const trigger of [NODES.live, NODES.calls]) {
			await server.api.executionWhere(ids.react, has(trigger, number), AbortSignal.timeout(LIMIT_MS));
		}
	};

	beforeAll(async () => {
		ids = await importDemo(suite().server, suite().sandbox, suite().credentials);
	});
	afterAll(async () => {
		suite().sandbox.setWebhook(null);
		await suite().server.api.deactivate(ids.react);
	});

	it('hears on both channels once it is active', async () => await roundTrip(9101));

	it('lets go when it is deactivated', async () => {
		await suite().server.api.deactivate(ids.react);
		await until(suite(), () => suite().sandbox.sockets() === 0);
		const { sandbox, server } = suite();
		await sandbox.world.sendAsUser(THREADS.web, `My number is ${UNHEARD}`);
		await sandbox.world.sendAsUser(THREADS.rest, `My number is ${UNHEARD}`, 'rest');
		const refused = (): boolean =>
			sandbox
				.deliveries()
				.some(
					({ body, attempts }) =>
						JSON.stringify(body).includes(String(UNHEARD)) && attempts.some(({ status }) => status === 404),
				);
		await until(suite(), refused);
		const heard = await server.api.executions(ids.react);
		expect(heard.filter((one) => has(NODES.live, UNHEARD)(one) || has(NODES.calls, UNHEARD)(one))).toEqual(
			[],
		);
	});

	it('NODE-12 hears again when it is activated again', async () => {
		await suite().server.api.activate(ids.react);
		await roundTrip(9201);
	});

	it(
		'comes back after a restart',
		async () => {
			await suite().server.stop();
			await until(suite(), () => suite().sandbox.sockets() === 0);
			await suite().server.start();
			await roundTrip(9301);
		},
		SETUP_MS,
	);

	it(
		'comes back after a crash',
		async () => {
			await suite().server.kill();
			await suite().server.start();
			await roundTrip(9401);
		},
		SETUP_MS,
	);

	it('pauses the bot once when a human should take over', async () => {
		const { api } = suite().server;
		await suite().sandbox.world.sendAsUser(THREADS.rest, 'I want to talk to a human', 'rest');
		const pausing = (execution: Execution): boolean => execution.items(NODES.pause).length > 0;
		const execution = await api.executionWhere(ids.react, pausing, AbortSignal.timeout(LIMIT_MS));
		expect(execution.items(NODES.calls)[0]?.json).toMatchObject({
			event: 'handover',
			threadId: THREADS.rest,
		});
		expect(suite().sandbox.world.thread(THREADS.rest)?.paused).toBe(true);
	});

	it('NODE-01 started exactly one run for each event', async () => {
		const executions = await suite().server.api.executions(ids.react);
		const runs = (trigger: string): number[] =>
			numbers.map((number) => executions.filter(has(trigger, number)).length);
		expect(numbers).toHaveLength(4);
		expect(runs(NODES.live)).toEqual([1, 1, 1, 1]);
		expect(runs(NODES.calls)).toEqual([1, 1, 1, 1]);
		expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
	});
}
