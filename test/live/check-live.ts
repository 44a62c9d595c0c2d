/**
 * Compares real answers of Flow.ai, Flow XO and Chatlayer with the references, with one's own keys from the
 * environment: `npm run check:live`. It only reads unless `--write` is given, and writes a report without any value
 * of the account, which can be attached to an issue.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chatlayerChecks } from './checks/chatlayer';
import { socketChecks } from './checks/flow-ai-socket';
import { flowAiChecks } from './checks/flow-ai';
import { flowXoChecks } from './checks/flow-xo';
import type { Check, Env, Finding } from './probe';

const USAGE = `Usage: npm run check:live -- [options]

Compares real answers of Flow.ai, Flow XO and Chatlayer with the references. It only reads, unless --write is given,
and writes a report without any value of the account.

  --out <file>  where the report goes (default live-report.md)
  --write       also run the checks that write into the account: one message into a thread of its own
  --help        show this text

What is checked depends on the variables that are set:

  CONVOFLOW_FLOWAI_KEY               Flow.ai REST key
  CONVOFLOW_FLOWAI_THREAD            thread to read (optional; otherwise the first of the list)
  CONVOFLOW_FLOWAI_MANAGEMENT_KEY    Flow.ai management key
  CONVOFLOW_FLOWAI_PROJECT           id of the project whose flows are listed
  CONVOFLOW_FLOWAI_CLIENT_ID         client id of the Flow.ai socket
  CONVOFLOW_FLOWXO_KEY               Flow XO API key
  CONVOFLOW_CHATLAYER_TOKEN_ID       Chatlayer token id
  CONVOFLOW_CHATLAYER_TOKEN_SECRET   Chatlayer token secret
  CONVOFLOW_CHATLAYER_BOT            id of a Chatlayer bot
  CONVOFLOW_CHATLAYER_TEAM           id of a Chatlayer team

Other regions and servers: CONVOFLOW_FLOWAI_URL, CONVOFLOW_FLOWAI_SOCKET_URL, CONVOFLOW_FLOWXO_URL and
CONVOFLOW_CHATLAYER_URL.

Ends with 0 when all is as documented, with 1 when something is different, with 2 when nothing could be checked.
`;

const CHECKS: Check[] = [...flowAiChecks, ...socketChecks, ...flowXoChecks, ...chatlayerChecks];

export interface Result extends Finding {
	id: string;
	source: string;
	says: string;
}

/** Runs all checks whose variables are set, one after the other. */
export async function checkLive(env: Env, options: { write?: boolean } = {}): Promise<Result[]> {
	const results: Result[] = [];
	for (const { id, source, says, needs, writes, run } of CHECKS) {
		const missing = needs.filter((name) => (env[name] ?? '') === '');
		let finding: Finding;
		if (missing.length > 0) {
			finding = { verdict: 'skipped', found: [`not set: ${missing.join(', ')}`] };
		} else if (writes === true && options.write !== true) {
			finding = { verdict: 'skipped', found: ['writes into the account; run with --write to allow it'] };
		} else {
			finding = await run(env).catch((error: unknown): Finding => ({
				verdict: 'different',
				found: [`no answer: ${reasonOf(error)}`],
			}));
		}
		results.push({ id, source, says, ...finding, found: finding.found.map((line) => redact(line, env)) });
	}
	return results;
}

/** Why a call failed: the error of the network says more than that of the call. */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return 'unknown';
	const { code, message } = (error.cause ?? {}) as { code?: unknown; message?: unknown };
	const said = [code, message].find((text) => typeof text === 'string');
	return said === undefined ? `${error.name}: ${error.message}` : String(said);
}

/** The report as Markdown. */
export function report(results: Result[], now = new Date()): string {
	const count = (verdict: string): number => results.filter((result) => result.verdict === verdict).length;
	const verdicts = ['as documented', 'different', 'answered', 'skipped'];
	const sections = results.map(
		({ id, source, says, verdict, found }) =>
			`## ${id}: ${verdict}\n\n${source}. ${says}\n\n${found.map((line) => `- ${line}`).join('\n')}\n`,
	);
	const summary = verdicts.map((verdict) => `${count(verdict)} ${verdict}`).join(', ');
	return `# Live services compared with the references\n\n${now.toISOString().slice(0, 10)}: ${summary}.\n\nThis report holds statuses, names and kinds of fields and counts, no values of the account.\n\n${sections.join('\n')}`;
}

/** Takes every value of the environment out of a line, should a service have repeated one. */
function redact(line: string, env: Env): string {
	const values = Object.values(env).filter((value) => value.length >= 4);
	const forms = values.flatMap((value) => [
		value,
		encodeURIComponent(value),
		Buffer.from(value).toString('base64'),
	]);
	return forms.reduce((text, value) => text.split(value).join('[redacted]'), line);
}

/** Options of the command; ends the process where they are wrong, or where only help is wanted. */
function readOptions(): { write: boolean; file: string } {
	const options = {
		write: { type: 'boolean' },
		out: { type: 'string' },
		help: { type: 'boolean' },
	} as const;
	try {
		const { values } = parseArgs({ options });
		if (values.help !== true) return { write: values.write === true, file: values.out ?? 'live-report.md' };
		console.log(USAGE);
		process.exit(0);
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : 'Wrong options'}\n\n${USAGE}`);
		process.exit(2);
	}
}

async function main(): Promise<void> {
	const { write, file } = readOptions();
	const ours = Object.entries(process.env).filter(([name]) => name.startsWith('CONVOFLOW_'));
	const env = Object.fromEntries(ours) as Env;
	const results = await checkLive(env, { write });
	if (results.every((result) => result.verdict === 'skipped')) {
		console.error(`Nothing was checked: no keys are set.\n\n${USAGE}`);
		process.exitCode = 2;
		return;
	}
	writeFileSync(file, report(results));
	for (const { id, verdict, found } of results)
		console.log(`${verdict.padEnd(14)} ${id}${verdict === 'different' ? `: ${found.join('; ')}` : ''}`);
	console.log(`\nThe report is in ${file}.`);
	if (results.some((result) => result.verdict === 'different')) process.exitCode = 1;
}

if (require.main === module) void main();
