import { importCredentials } from '../../packages/demo/src/n8n/demo';
import { workflow } from '../../packages/demo/src/n8n/workflows';
import type { LiveTraffic } from '../polls/live-traffic';
import { DURABLE_POLLS, everySeconds } from '../polls/n8n-polls';
import { sqliteData } from '../support/n8n-records';
import { N8nHost } from '../webhook/n8n-host';
import { STREAM_PARAMETERS, type N8nLifeHost } from './n8n';

/** A real n8n with a workflow for each trigger; what ran is read from its database. */
export async function startServerLife(
	{ sandbox }: LiveTraffic,
	env: Readonly<Record<string, string>>,
): Promise<N8nLifeHost> {
	const host = await N8nHost.start({ ...env, ...DURABLE_POLLS });
	const { api } = host.server;
	const webhook = await host.createWorkflow(0);
	const credentials = await importCredentials(api, sandbox);
	const polled = await api.createWorkflow(
		workflow('Poll', credentials, [
			{
				name: 'New messages',
				type: 'n8n-nodes-flowxo.flowXoTrigger',
				credential: 'flowXoApi',
				parameters: { events: ['newMessage'], role: 'any', pollTimes: everySeconds(5) },
			},
		]),
	);
	const heard = await api.createWorkflow(
		workflow('Stream', credentials, [
			{
				name: 'Web chat, live',
				type: 'n8n-nodes-flowai.flowAiStreamTrigger',
				credential: 'flowAiSocketApi',
				parameters: STREAM_PARAMETERS,
			},
		]),
	);
	const all = [webhook.id, polled, heard];
	for (const id of all) await api.activate(id);
	return {
		get webhookUrl() {
			return host.server.url + webhook.path;
		},
		runs: () => host.ledger().runs,
		texts: (of) => sqliteData(host.userFolder, of === 'polled' ? polled : heard),
		kill: async () => await host.killAndRestart(),
		deploy: async (type) => {
			for (const id of type === 'full' ? all : [heard]) {
				await api.deactivate(id);
				await api.activate(id);
			}
		},
		end: async () => await host.server.stop(),
		close: async () => await host.stop(),
	};
}
