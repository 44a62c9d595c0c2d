const BASE = '/sandbox/api';

/** Calls the sandbox; an error says what the sandbox said. */
export async function api(method, path, body) {
	const response = await fetch(BASE + path, {
		method,
		headers: body === undefined ? {} : { 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const answer = await response.json();
	if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}`);
	return answer;
}

/** Hears of changes over a web socket, and comes back by itself when the sandbox was restarted. */
export function listen(changed, connected) {
	let wait = 500;
	const open = () => {
		const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sandbox/live`);
		socket.onopen = () => {
			wait = 500;
			connected(true);
			changed({ topics: ['all'] });
		};
		socket.onmessage = (event) => changed(JSON.parse(event.data));
		socket.onclose = () => {
			connected(false);
			setTimeout(open, wait);
			wait = Math.min(wait * 2, 5000);
		};
	};
	open();
}
