/**
 * Ends the real hosts with `kill -9` while messages come in, and counts what their flows have seen:
 * `npm run polls:kill -- [kills] [node-red|classic|durable …]`. Twenty kills of each by default. Ends with 1 when
 * Node-RED loses anything; what n8n loses or repeats is n8n's own, and is only counted.
 */
import { killN8n, type PollPath } from './kill-n8n';
import { killNodeRed, type KillResult } from './kill-node-red';

const HOSTS = ['node-red', 'classic', 'durable'];

function print(name: string, { kills, written, missing, repeated }: KillResult, more = ''): void {
	console.log(
		`${name}: ${kills} kills, ${written} messages, ${missing.length} lost, ${repeated} repeated${more}`,
	);
}

async function main(): Promise<void> {
	const asked = process.argv.slice(2);
	const kills = Number(asked.find((one) => /^\d+$/.test(one)) ?? 20);
	const hosts = HOSTS.filter((host) => asked.includes(host));
	for (const host of hosts.length > 0 ? hosts : HOSTS) {
		if (host === 'node-red') {
			const result = await killNodeRed(kills);
			print('Node-RED', result);
			if (result.missing.length > 0) process.exitCode = 1;
		} else {
			const result = await killN8n(kills, host as PollPath, (line) => console.error(line));
			print(
				`n8n, ${host} cursors`,
				result,
				`; ${result.crashed} runs ended by a kill, ${result.cut} messages in them not through`,
			);
		}
	}
}

void main();
