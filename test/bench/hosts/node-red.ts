import { readFileSync } from 'node:fs';
import { startNodeRed, type FlowNode, type NodeRed } from '../../node-red/harness';
import { debugNode, injectNode, node, TAB } from '../../node-red/harness/flow';
import { peakMb } from './memory';

/** What a flow tells when its last message has come through. */
export interface Ended {
	/** In ms since the epoch. */
	readonly startedMs: number;
	readonly endedMs: number;
	readonly count: number;
}

/** A function node knows no `performance` of its own. */
export const CLOCK = [{ var: 'hooks', module: 'node:perf_hooks' }] as const;

/** Counts what comes, and tells when as many have come as were asked for. */
const COUNT = `const run = flow.get('run');
if (!run) return null;
if (run.stampsOnly) run.count = run.wanted;
run.count += msg.payload && Array.isArray(msg.payload) && run.rows ? msg.payload.length : 1;
if (run.busyMs > 0) { const until = hooks.performance.now() + run.busyMs; while (hooks.performance.now() < until); }
if (run.count < run.wanted) return null;
flow.set('run', undefined);
return { payload: { run: run.number, startedMs: run.startedMs, endedMs: Date.now(), count: run.count } };`;

/** The real Node-RED with our packed package, and flows whose end is told. */
export class RedBench {
	#run = 0;

	private constructor(
		readonly red: NodeRed,
		readonly log: () => string,
	) {}

	static async start(): Promise<RedBench> {
		const red = await startNodeRed();
		return new RedBench(red, () => red.log());
	}

	/** Deploys flows of which all messages end at the node `count`. */
	async deploy(...nodes: FlowNode[]): Promise<void> {
		await this.red.deploy([
			TAB,
			injectNode('begin', 'begun'),
			node(
				'begun',
				'function',
				{
					func: `flow.set('run', { ...msg.run, startedMs: Date.now(), count: 0 });\nreturn msg;`,
					outputs: 1,
				},
				'ready',
			),
			debugNode('ready'),
			node('count', 'function', { func: COUNT, outputs: 1, libs: CLOCK }, 'ended'),
			debugNode('ended'),
			...nodes,
		]);
	}

	/**
	 * Waits until so many messages have come to `count`.
	 * @param begin sets off what makes them
	 */
	async measure(
		begin: () => Promise<unknown>,
		wanted: number,
		more: { readonly busyMs?: number; readonly rows?: boolean; readonly stampsOnly?: boolean } = {},
		limitMs = 120_000,
	): Promise<Ended> {
		this.#run += 1;
		const number = this.#run;
		await this.red.inject('begin', {
			run: { number, wanted, busyMs: 0, rows: false, stampsOnly: false, ...more },
		});
		await this.red.awaitDebug('ready', number);
		await begin();
		const all = (await this.red.awaitDebug('ended', number, limitMs)) as { payload: Ended }[];
		const last = all.at(-1);
		if (!last) throw new Error('The flow told nothing');
		return last.payload;
	}

	/** Most memory that the process has held since `forgetPeak`, in MB. */
	peakMb(): number {
		return peakMb(readFileSync(`/proc/${this.red.pid}/status`, 'utf8'));
	}

	async stop(): Promise<void> {
		await this.red.stop();
	}
}
