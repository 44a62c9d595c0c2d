import { isObject, type JsonValue } from '@convoflow/client';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

/** Where n8n's static data of a node keep its cursor. */
const CURSOR = 'cursor';
/** Where those of the workflow keep the starting points of its nodes, by the id of the node. */
const STARTS = 'convoflowStarts';

/** What n8n hands out notes every change made to it, so it is read through JSON. */
function plain(value: IDataObject[string]): JsonValue | undefined {
	const text = JSON.stringify(value ?? null);
	return text === 'null' ? undefined : (JSON.parse(text) as JsonValue);
}

/**
 * Where a poll goes on. With durable cursors (`N8N_POLLER_DURABLE_CURSORS_ENABLED`, n8n 2.41) n8n drops what the poll
 * at publishing has kept, if it brought nothing: the next one, a day later perhaps, would begin anew, and what came
 * meanwhile would be told by none. The static data of the workflow are saved after publishing in either case, so the
 * starting point stands there until the node's own cursor is kept.
 */
export class PollCursor {
	readonly #own: IDataObject;
	readonly #shared: IDataObject;
	readonly #nodeId: string;

	constructor(context: IPollFunctions) {
		this.#own = context.getWorkflowStaticData('node');
		this.#shared = context.getWorkflowStaticData('global');
		this.#nodeId = context.getNode().id;
	}

	/** Where the last poll stopped; undefined at the first one. */
	read(): JsonValue | undefined {
		return plain(this.#own[CURSOR]) ?? this.#starts()[this.#nodeId];
	}

	/**
	 * Keeps where a poll has stopped. n8n saves it with the run that it starts now, or drops both.
	 * @param before what `read` gave
	 * @param hasEvents a run is started
	 */
	keep(cursor: JsonValue, before: JsonValue | undefined, hasEvents: boolean): void {
		const isKept = plain(this.#own[CURSOR]) !== undefined;
		this.#own[CURSOR] = cursor;
		const { [this.#nodeId]: start, ...others } = this.#starts();
		if (isKept && start !== undefined) this.#shared[STARTS] = others;
		// With events the cursor is kept together with their run, and never without it.
		if (before === undefined && !hasEvents) this.#shared[STARTS] = { ...others, [this.#nodeId]: cursor };
	}

	#starts(): Readonly<Record<string, JsonValue>> {
		const starts = plain(this.#shared[STARTS]);
		return isObject(starts) ? starts : {};
	}
}
