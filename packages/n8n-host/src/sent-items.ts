import { ConvoflowError, type ErrorDetails, type JsonObject } from '@convoflow/client';
import type { Checkpoint, Operation } from '@convoflow/kit';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isTool } from './is-tool';

/** Place in the node's context, which n8n keeps for as long as an execution goes on. */
const KEY = 'sentItems';

/** An item that an operation puts out, before it is linked to its input. */
export type OutputItem = Pick<INodeExecutionData, 'json' | 'binary'>;

/** An error as n8n can keep it. */
interface KeptError extends ErrorDetails {
	readonly code: string;
	readonly message: string;
}

/** What became of an item. The print tells whether it is still the same item. */
interface Kept {
	readonly print: string;
	/** What it put out when it was sent. */
	readonly items?: readonly OutputItem[];
	/** Why it is not known whether it arrived. */
	readonly unknown?: KeptError;
	/** How far an operation came that sends in several steps. */
	readonly state?: JsonObject;
}

/** The items that one run of a node has tried, by index. */
interface Memory {
	readonly run: string;
	readonly items: Record<string, Kept>;
}

/** SHA-256 of what comes in, so that an execution does not keep its input twice. */
async function printOf(input: unknown): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(input)));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Remembers what became of the items, from one try of n8n's Retry On Fail to the next: n8n repeats the node for
 * all items, and people must not get a message twice. What may have arrived is not sent again either. An item is known by what comes into
 * the node, since an expression such as `$now` says something else at every try.
 */
export class SentItems {
	readonly #prints: readonly string[];
	readonly #memory: Memory;
	readonly #forget: () => void;

	private constructor(prints: readonly string[], memory: Memory, forget: () => void) {
		this.#prints = prints;
		this.#memory = memory;
		this.#forget = forget;
	}

	/**
	 * What earlier tries of this run of the node have sent.
	 * @returns undefined where nothing has to be remembered: the operation does not send, or nothing is tried again
	 */
	static async of(context: IExecuteFunctions, operation: Operation): Promise<SentItems | undefined> {
		const items = context.getInputData();
		// Each try of an agent's tool is a run of its own to n8n.
		const isRepeated = context.getNode().retryOnFail === true && !isTool(context);
		if (operation.effect !== 'send' || !isRepeated || items.length === 0) return undefined;
		const kept = context.getContext('node') as { [KEY]?: Memory };
		// A loop runs the node several times in one execution; the tries of one run share its index.
		const run = `${context.getExecutionId()}:${String(context.getWorkflowDataProxy(0).$runIndex)}`;
		const memory = kept[KEY]?.run === run ? kept[KEY] : { run, items: {} };
		kept[KEY] = memory;
		const inputs: readonly unknown[] =
			operation.mode === 'all' ? [items.map(({ json }) => json)] : items.map(({ json }) => json);
		return new SentItems(await Promise.all(inputs.map(printOf)), memory, () => delete kept[KEY]);
	}

	/** What an item put out when it was sent, or undefined when it was not. */
	itemsOf(index: number): readonly OutputItem[] | undefined {
		return this.#kept(index).items;
	}

	/** Why it is not known whether an item arrived; undefined where that is known. */
	unknownOf(index: number): ConvoflowError | undefined {
		const { unknown } = this.#kept(index);
		if (!unknown) return undefined;
		const { code, message, ...details } = unknown;
		return new ConvoflowError(code, message, details);
	}

	/** How far an item came that is sent in several steps. */
	checkpointOf(index: number): Checkpoint {
		return {
			saved: this.#kept(index).state,
			save: (state) => this.#keep(index, { state }),
		};
	}

	/** Remembers that an item was sent. */
	keep(index: number, items: readonly OutputItem[]): void {
		this.#keep(index, { items });
	}

	/** Remembers that an item may have arrived. */
	keepUnknown(index: number, error: ConvoflowError): void {
		this.#keep(index, { unknown: { ...error, message: error.message } });
	}

	#kept(index: number): Omit<Kept, 'print'> {
		const kept = this.#memory.items[index];
		return kept?.print === this.#prints[index] ? (kept ?? {}) : {};
	}

	#keep(index: number, what: Omit<Kept, 'print'>): void {
		this.#memory.items[index] = { print: this.#prints[index] ?? '', ...what };
	}

	/** Forgets everything, once nothing will be tried again. */
	forget(): void {
		this.#forget();
	}
}
