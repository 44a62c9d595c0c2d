import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paragraphs, table } from '../markdown';
import { ABOUT } from './about';
import type { Reader } from './reader';

/** A figure of docs/performance.json, as far as it is told here. */
interface Figure {
	readonly work: string;
	readonly against: string;
	readonly ours: number;
	readonly theirs?: number;
	readonly unit: string;
	readonly load?: number;
}

/** Opponents that are the host's own node for requests. */
const REQUEST_NODE = /^(HTTP Request|http request)/;
/** Load above which figures are coarse: the processors of the machine that they are measured on. */
const BUSY = 2;

function figures(root: string, { host, page }: Reader): string {
	const { lines } = JSON.parse(readFileSync(join(root, 'docs/performance.json'), 'utf8')) as {
		lines: Readonly<Record<string, readonly Figure[]>>;
	};
	const told = Object.values(lines)
		.flat()
		.filter(
			({ work, against, theirs }) =>
				theirs !== undefined && REQUEST_NODE.test(against) && (!host || work.startsWith(`${host}:`)),
		);
	if (told.length === 0) return '';
	const amount = (value: number | undefined, unit: string): string =>
		`${(value ?? 0).toLocaleString('en', { maximumSignificantDigits: 3 })} ${unit}`;
	const rows = told.map(({ work, against, ours, theirs, unit }) => [
		work,
		amount(ours, unit),
		`${amount(theirs, unit)} (${against})`,
	]);
	const isCoarse = told.some(({ load = 0 }) => load > BUSY);
	return paragraphs(
		table(['work', 'these nodes', 'by hand'], rows),
		`${isCoarse ? 'Other work was going on when these were measured, so they are coarse. ' : ''}All figures, also those that miss their target: [performance](${page('performance.md')}).`,
	);
}

/** How the nodes compare with the host's own node for requests. */
export function compared(root: string, reader: Reader): string {
	const { page } = reader;
	return paragraphs(
		`The key is in a credential that can be tested, lists are read to their end, answers are flat, passing faults are repeated, nobody is messaged twice, webhooks are checked, and errors say what to do: [moving from the HTTP request node](${page('moving-from-http-request.md')}).`,
		figures(root, reader) ||
			`How fast each is, and how much memory it takes, is measured in one run: [performance](${page('performance.md')}).`,
	);
}

/** What is verified, and what is not. */
export function verified({ services, host, page }: Reader): string {
	const names = services.map(({ displayName }) => displayName);
	const many = names.length > 1;
	const open = services.map(({ name, displayName }) => {
		const text = ABOUT[name]?.open;
		if (text === undefined)
			throw new TypeError(`Nothing says what the documents of ${displayName} leave open`);
		return many ? `- **${displayName}.** ${text}` : text;
	});
	const places = host
		? `a real server and editor of ${host}`
		: 'real servers and editors of n8n and Node-RED';
	return paragraphs(
		`The nodes are built from the published documents of ${many ? 'the three services' : names.join()} and tested against a sandbox written from the same documents. **Nobody has compared them with the live ${many ? 'services' : 'service'} yet.** Where the documents allow two readings there is a switch.`,
		open.join('\n'),
		`What is verified: that n8n and Node-RED put out the same for the same input, that the nodes work in ${places}, and what happens when the network, the service or the host fails ([security](${page('security.md')})). In a clone of the project \`npm run check:live\` compares the real services with the documents, with your own keys; it only reads.`,
	);
}

/** How an n8n package is installed. */
export function install({ plan, page, picture }: Reader): string {
	if (!plan) throw new TypeError('Only the n8n packages are installed like this');
	const stream = plan.triggers.some(({ adapter }) => adapter === 'stream');
	return paragraphs(
		`In n8n: **Settings → Community nodes → Install**, then enter \`${plan.name}\`. Needs n8n 2.x${stream ? '; the stream trigger needs n8n 2.10 or later' : ''}. The owner or an admin of the n8n can do that.`,
		`![The dialog that installs a community node](${picture('n8n-install')})`,
		`Then: [getting started with n8n](${page('getting-started/n8n.md')}).`,
	);
}

/** A run of an n8n package in the editor. */
export function run({ plan, picture }: Reader): string {
	const shown = ABOUT[plan?.service.name ?? '']?.run;
	if (!shown) throw new TypeError('There is no picture of a run');
	return `![A run in n8n. ${shown.shows}](${picture(shown.picture)})`;
}

/** An n8n package's node as a tool. */
export function asATool({ plan }: Reader): string {
	return `Every operation of the **${plan?.service.displayName ?? ''}** node can be a tool of n8n's AI Agent. The agent reads its action as the description. Let the agent fill in a field with the button beside it. **Output** decides what the agent gets to read: the most useful fields, the fields that you choose, or all that the service says.`;
}

/** What n8n shows when something goes wrong. */
export function errors({ page, picture }: Reader): string {
	return paragraphs(
		`Every message says what happened and what to do next, and names the field or the setting to change. Bad input is refused before anything is sent. With **On Error → Continue (using error output)** a failed item leaves through the error output with its own fields, \`error\` and \`details\` (\`code\`, \`advice\` and, where there is one, \`status\` and \`field\`). Every code has its entry in [troubleshooting](${page('troubleshooting.md')}).`,
		`![A key that was refused](${picture('n8n-error')})`,
	);
}

/** Licence and trademarks. */
export const TRADEMARKS =
	'MIT licence. Flow.ai, Khoros, Flow XO, Sinch, Chatlayer, n8n and Node-RED are trademarks of their owners; this project belongs to none of them.';
