import { ConvoflowError, Pace, type OpenCall } from '@convoflow/client';
import { readInput, runFileOperation, runOperation, type Input } from '@convoflow/kit';
import { openCallOf } from '../webhook/open-calls';
import { FILE_AS, SEND_AS, type SendAs } from '../model/names';
import { isPicture, type ActionNode, type NodeOperation } from '../model/nodes';
import { toNodeError, withOrigin } from './errors';
import { InputQueue } from './input-queue';
import { withFiles } from './input-file';
import { itemsOf } from './message-items';
import { readSources } from './read-sources';
import { logOf } from './credential-node';
import { toPng } from './png';
import { findLink, readContext, type ServiceLink } from './service-link';
import type { FileOutput } from './output-file';
import { sendFile, sendResults } from './send-results';
import { show, showNothing, type StatusName } from './status';
import type { Done, Message, NodeConfig, Red, RedNode, Send } from './red';

/** One message, ready to run. */
interface Job {
	readonly chosen: NodeOperation;
	/** Undefined for an operation that needs no credential. */
	readonly link: ServiceLink | undefined;
	readonly input: Input;
}

/** The operation that a node is set to. */
function findChosen(action: ActionNode, id: unknown): NodeOperation {
	const chosen = action.operations.find((one) => one.id === id);
	if (chosen) return chosen;
	throw new ConvoflowError('CONVOFLOW_NO_OPERATION', 'This node is not set to an operation that it has', {
		advice: 'Open the node, choose an operation and deploy.',
	});
}

async function readJob(
	red: Red,
	action: ActionNode,
	node: RedNode,
	config: NodeConfig,
	message: Message,
): Promise<Job> {
	const chosen = findChosen(action, config['operation']);
	const link = chosen.credential && findLink(red, config[chosen.credential.name], chosen.credential);
	const { raw, origins } = await readSources(
		red,
		node,
		config,
		{ ...chosen.fields, ...chosen.options },
		message,
	);
	try {
		const values = await withFiles(chosen.fields, raw, message);
		return { chosen, link, input: readInput(chosen.operation, values, readContext()) };
	} catch (error) {
		throw withOrigin(error, origins);
	}
}

function readSendAs(value: unknown): SendAs {
	return SEND_AS.find((one) => one === value) ?? 'one';
}

function readFileOutput({ fileAs, fileFolder }: NodeConfig): FileOutput {
	const folder = typeof fileFolder === 'string' && fileFolder.trim() !== '' ? fileFolder.trim() : '.';
	return { as: FILE_AS.find((one) => one === fileAs) ?? 'buffer', folder };
}

const STATUS_BY_CODE: Readonly<Record<string, StatusName>> = {
	CONVOFLOW_QUEUE_FULL: 'queueFull',
	CONVOFLOW_NO_CREDENTIAL: 'noCredential',
};

/** Registers the node of one or more resources. */
export function registerActionNode(red: Red, action: ActionNode): void {
	red.nodes.registerType(action.type, function (config) {
		red.nodes.createNode(this, config);
		const queue = new InputQueue((fault) => this.error(toNodeError(fault)));
		const log = logOf(this);
		const sendAs = readSendAs(config['sendAs']);
		const pace = new Pace();
		const fileOutput = readFileOutput(config);
		const pictureAs = config['pictureAs'];

		const settle = (done: Done, thrown?: unknown): void => {
			if (thrown === undefined) {
				show(this, queue.waiting > 0 ? 'working' : 'done');
				done();
				return;
			}
			const error = toNodeError(thrown);
			show(this, STATUS_BY_CODE[error.code] ?? 'failed');
			done(error);
		};

		const accept = (message: Message, send: Send, done: Done): void => {
			show(this, 'working');
			queue.add<Job>({
				read: () => readJob(red, action, this, config, message),
				lane: ({ chosen, input }) => chosen.operation.lane?.(input),
				run: async ({ chosen, link, input }, signal) => {
					const notices: string[] = [];
					const notice = (words: string): void => {
						notices.push(words);
						log('warn', words);
					};
					const items = chosen.operation.mode === 'all' ? { items: itemsOf(message) } : {};
					const openCall = (): OpenCall => openCallOf(message);
					const context = { signal, now: Date.now, log, notice, openCall, ...items };
					const client = link?.clientFor(input, pace);
					if (chosen.operation.returns === 'file') {
						const made = await runFileOperation(chosen.operation, client, input, context);
						const file = isPicture(chosen.operation) && pictureAs === 'png' ? await toPng(made) : made;
						await sendFile({ red, chosen, input, message, send, notices }, file, fileOutput);
						return;
					}
					const pages = runOperation(chosen.operation, client, input, context);
					await sendResults({ red, chosen, input, sendAs, message, send, pages, notices });
				},
				settled: (error) => settle(done, error),
			});
		};

		// Synchronous and of three parameters: Node-RED counts them, and catches nothing that is thrown later.
		this.on('input', (message, send, done) => accept(message, send, done));
		this.on('close', (_removed, done) => {
			void queue.close().then((unsent) => {
				if (unsent > 0) this.warn(`${unsent} waiting messages were not sent, because the node was stopped`);
				showNothing(this);
				done();
			});
		});
		showNothing(this);
	});
}
