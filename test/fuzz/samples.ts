import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../nodes');

/** What services send, as recorded for the operations, and calls that come by themselves. */
export const SAMPLES: readonly string[] = [
	...readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.sample.json'))
		.map((file) => readFileSync(join(ROOT, file), 'utf8').slice(0, 6_000)),
	'{"type":"message.reply","payload":{"threadId":"t-1","messages":[{"fallback":"Hi","responses":[{"type":"text","payload":{"text":"Hi","quickReplies":[{"label":"A","type":"text","value":"a"}]}}]}],"originator":{"name":"Bot","role":"bot"}}}',
	'{"type":"message.received","payload":{"threadId":"t-1","messages":[{"meta":{"msgId":"m-1"},"responses":[{"type":"image","payload":{"url":"https://cdn.example.com/a.png"}}]}]}}',
	'{"type":"secret.generated","message":{"secret":"n-fake"}}',
	'{"type":"error","message":"no"}',
	'{"type":"action","verifyToken":"fake","threadId":"t-1","action":"reserve","query":"q","params":{"day":[{"value":"2026-05-01"}]},"replyUrl":"https://api.flow.ai/r"}',
	'{"data":{"x_values":["2026-03-01T00:00:00Z",null],"series_labels":["channel"],"series":[{"values":[1,null],"mean":1,"sum":1,"labels":{"channel":"web"}}]}}',
];
