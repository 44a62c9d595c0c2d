import * as http from 'node:http';
import * as https from 'node:https';

/** Makes webhook calls over connections of its own, so that closing the sandbox closes them all. */
export class Caller {
	private readonly agents = {
		'http:': new http.Agent({ keepAlive: true, maxSockets: 64 }),
		'https:': new https.Agent({ keepAlive: true, maxSockets: 64 }),
	};
	private readonly running = new Set<http.ClientRequest>();

	/**
	 * Posts a body and resolves with the status; the answer's body is read and dropped.
	 * @param timeoutMs real milliseconds for the whole call
	 * @throws Error when no answer came
	 */
	post(
		url: URL,
		headers: Record<string, string>,
		body: string,
		timeoutMs: number,
	): Promise<{ status: number; text: string }> {
		return new Promise((resolve, reject) => {
			const secure = url.protocol === 'https:';
			const request = (secure ? https : http).request(url, {
				method: 'POST',
				agent: this.agents[secure ? 'https:' : 'http:'],
				headers: {
					'content-type': 'application/json',
					'user-agent': 'convoflow-sandbox',
					'content-length': Buffer.byteLength(body),
					...headers,
				},
			});
			this.running.add(request);
			const timer = setTimeout(
				() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)),
				timeoutMs,
			);
			const done = (): void => {
				clearTimeout(timer);
				this.running.delete(request);
			};
			request.on('error', (error) => {
				done();
				reject(error);
			});
			request.on('response', (response) => {
				let text = '';
				response.setEncoding('utf8');
				response.on('data', (chunk: string) => {
					if (text.length < 10_000) text += chunk;
				});
				response.on('close', () => {
					done();
					resolve({ status: response.statusCode ?? 0, text });
				});
			});
			request.end(body);
		});
	}

	close(): void {
		for (const request of this.running) request.destroy(new Error('the sandbox is closing'));
		this.agents['http:'].destroy();
		this.agents['https:'].destroy();
	}
}
