import { createHash } from 'node:crypto';
import type { IConnections, INode, INodeParameters, IWorkflowSettings } from 'n8n-workflow';

/** A node of a template: without credentials, which the user chooses, and without the id of a webhook, which n8n makes. */
export type TemplateNode = Omit<INode, 'credentials' | 'webhookId'>;

/** What a template says of a node beside its place. */
export interface NodeSketch extends Partial<
	Pick<
		INode,
		'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries' | 'executeOnce' | 'alwaysOutputData'
	>
> {
	readonly type: string;
	/** Default 1. */
	readonly typeVersion?: number;
	readonly parameters?: INodeParameters;
}

/** A workflow that n8n imports from a file, or from the clipboard. */
export interface Template {
	/** Of its file, without an ending. */
	readonly file: string;
	/** The published package whose nodes it is about. */
	readonly packageName: string;
	readonly name: string;
	readonly nodes: readonly TemplateNode[];
	readonly connections: IConnections;
	readonly settings: IWorkflowSettings;
}

/** Colours of sticky notes as n8n numbers them. */
const COLOURS = { explains: 7, fillIn: 1 } as const;

/** In pixels, as everything here. */
const COLUMN = 240;
const ROW = 220;
/** How far a note begins left of the nodes that it stands behind. */
const MARGIN = 60;
/** Room for the text of a note above its nodes, and for their names below. */
const [ABOVE, BELOW] = [170, 170];
/** Height of the note that explains the workflow. */
const TOP = 200;

/** A canvas on which a template is built; a place is a column and a row of its grid. */
export class Canvas {
	readonly #nodes: TemplateNode[] = [];
	readonly #connections: IConnections = {};
	#notes = 0;

	/** @param packageName whose nodes the template is about */
	constructor(
		private readonly packageName: string,
		private readonly file: string,
		private readonly name: string,
	) {}

	/**
	 * Puts a node onto the canvas.
	 * @param outputs names of the nodes that each output leads to
	 * @returns itself
	 */
	node(column: number, row: number, name: string, sketch: NodeSketch, ...outputs: string[][]): this {
		const { type, typeVersion = 1, parameters = {}, ...more } = sketch;
		const position: [number, number] = [column * COLUMN, row * ROW];
		this.#nodes.push({ id: this.#idOf(name), name, type, typeVersion, position, parameters, ...more });
		if (outputs.length > 0) {
			const main = outputs.map((names) => names.map((node) => ({ node, type: 'main' as const, index: 0 })));
			this.#connections[name] = { main };
		}
		return this;
	}

	/** Puts a node below an agent, as its model or one of its tools. */
	below(
		column: number,
		row: number,
		name: string,
		sketch: NodeSketch,
		way: 'ai_languageModel' | 'ai_tool',
		agent: string,
	): this {
		this.node(column, row, name, sketch);
		this.#connections[name] = { [way]: [[{ node: agent, type: way, index: 0 }]] };
		return this;
	}

	/** Says at the top what the workflow does. */
	explain(text: string): this {
		const position: [number, number] = [-MARGIN, -ABOVE - TOP - 20];
		return this.#note('explains', position, [4 * COLUMN - 20, TOP], text);
	}

	/**
	 * Says above some nodes what is to be filled in there.
	 * @param columns how many columns the note is wide
	 */
	fillIn(column: number, row: number, columns: number, text: string): this {
		const position: [number, number] = [column * COLUMN - MARGIN, row * ROW - ABOVE];
		return this.#note('fillIn', position, [columns * COLUMN - 20, ABOVE + BELOW], text);
	}

	/** What stands on the canvas, as n8n imports it. */
	template(): Template {
		return {
			file: this.file,
			packageName: this.packageName,
			name: this.name,
			nodes: this.#nodes,
			connections: this.#connections,
			settings: { executionOrder: 'v1' },
		};
	}

	#note(kind: keyof typeof COLOURS, position: [number, number], size: [number, number], text: string): this {
		this.#notes += 1;
		const name = `Note ${this.#notes}`;
		this.#nodes.push({
			id: this.#idOf(name),
			name,
			type: 'n8n-nodes-base.stickyNote',
			typeVersion: 1,
			position,
			parameters: { content: text, width: size[0], height: size[1], color: COLOURS[kind] },
		});
		return this;
	}

	/** Stable over builds, and of 36 characters: n8n on PostgreSQL has room for no more. */
	#idOf(name: string): string {
		const hash = createHash('sha256').update(`${this.file} ${name}`).digest('hex');
		return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
	}
}
