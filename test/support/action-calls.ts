import type { Sandbox } from '@convoflow/sandbox';
import { rawServer } from './raw-server';

/** The token that action calls of the sandbox carry in tests. */
export const VERIFY_TOKEN = 'sandbox-verify-token';

/** The address in the examples; the sandbox's own takes its place when they run. */
const IN_EXAMPLES = 'https://api.flow.ai/reply/abc';

/** Lets a flow of the sandbox call an action once; the reply URL of that call may be used any number of times. */
export async function openReplyUrl(sandbox: Sandbox, threadId = 't-100'): Promise<string> {
	const server = await rawServer((_request, response) => {
		response.end(JSON.stringify({ verifyToken: VERIFY_TOKEN }));
	});
	try {
		const target = { url: server.url, verifyToken: VERIFY_TOKEN, action: 'reserve' };
		await sandbox.world.callAction(target, threadId);
		return (JSON.parse(server.bodies[0] ?? '') as { replyUrl: string }).replyUrl;
	} finally {
		await server.close();
	}
}

/** Input of an example with an address that the sandbox knows. */
export function withReplyUrl<I extends Readonly<Record<string, unknown>>>(input: I, replyUrl: string): I {
	return input['replyUrl'] === IN_EXAMPLES ? { ...input, replyUrl } : input;
}
