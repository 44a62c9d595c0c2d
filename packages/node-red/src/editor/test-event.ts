import type { EditorNode } from './editor-api';

/** What the route of the test event answers. */
interface TestOutcome {
	/** Key of the catalog under `testEvent`. */
	readonly result: string;
	readonly reason?: string;
}

const TIMEOUT_MS = 20_000;

/** Lets the button of a trigger's form send an event through the deployed node. */
export function bindTestEvent(node: EditorNode, type: string): void {
	const button = $('#convoflow-test-event');
	const result = $('#convoflow-test-event-result');
	const tell = (key: string, reason = ''): void => {
		result
			.text(node._(`${type}.testEvent.${key}`, { reason }))
			.toggleClass('convoflow-good', key === 'sent')
			.toggleClass('convoflow-bad', key !== 'sent' && key !== 'busy');
		button.prop('disabled', key === 'busy');
	};
	button.on('click', () => {
		tell('busy');
		$.ajax({
			url: `${type}/${encodeURIComponent(node.id)}/test-event`,
			method: 'POST',
			contentType: 'application/json',
			data: '{}',
			timeout: TIMEOUT_MS,
		})
			.done((answer) => {
				const outcome = answer as TestOutcome;
				tell(outcome.result, outcome.reason);
			})
			.fail(({ status }) => tell(status === 401 || status === 403 ? 'forbidden' : 'unreachable'));
	});
}
