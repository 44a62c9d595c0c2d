/**
 * Partial deploys of a flow with every node of the package: `npm run node-red:deploys -- [times]`, 50 unless it is
 * said. Ends with 1 when anything is left behind or an event gives anything but one message.
 */
import { isClean, runPartialDeploys } from './run';

async function main(): Promise<void> {
	const run = await runPartialDeploys(Number(process.argv[2] ?? 50));
	const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;
	console.log(`${run.times} partial deploys of ${run.nodes} nodes, the slowest ${run.slowestDeployMs} ms`);
	console.log(`  held before:  ${JSON.stringify(run.before.resources)}, heap ${megabytes(run.before.heap)}`);
	console.log(`  held after:   ${JSON.stringify(run.after.resources)}, heap ${megabytes(run.after.heap)}`);
	console.log(`  sockets at the service: ${run.sockets[0]} before, ${run.sockets[1]} after`);
	console.log(`  messages for one webhook event: ${run.messages[0]}, for one press: ${run.messages[1]}`);
	if (run.more.length > 0) console.log(`  more than before: ${run.more.join(', ')}`);
	for (const line of run.complaints) console.log(`  complaint: ${line}`);
	console.log(isClean(run) ? 'Nothing is left behind.' : 'NOT as it should be.');
	process.exitCode = isClean(run) ? 0 : 1;
}

void main();
