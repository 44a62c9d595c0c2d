import { rejection } from '../support/fake-ports';
import { run } from './flowai-harness';

async function paramsSent(raw: Record<string, unknown>): Promise<unknown> {
	const { sent } = await run('message.sendText', { threadId: 't', text: 'Hi', ...raw });
	return (sent as { body: { payload: { params?: unknown } } }[])[0]?.body.payload.params;
}

describe('params (001, Params object)', () => {
	it('come from rows, one for each value', async () => {
		const rows = [
			{ name: 'food', value: 'f-1', match: 'Pizza' },
			{ name: ' food ', value: 'f-2' },
			{ name: 'seats', value: 4 },
		];
		expect(await paramsSent({ paramValues: rows })).toEqual({
			food: [{ value: 'f-1', match: 'Pizza' }, { value: 'f-2' }],
			seats: [{ value: '4' }],
		});
	});

	it('come from JSON as they are, and after the rows where both are given', async () => {
		const params = { food: [{ value: { id: 3 } }], seats: [] };
		expect(await paramsSent({ params })).toEqual(params);
		expect(await paramsSent({ params, paramValues: [{ name: 'food', value: 'f-1' }] })).toEqual({
			food: [{ value: 'f-1' }, { value: { id: 3 } }],
			seats: [],
		});
	});

	it('are left out when there are none', async () => {
		expect(await paramsSent({ paramValues: [] })).toBeUndefined();
	});

	it('can have any name', async () => {
		const sent = await paramsSent({ paramValues: [{ name: '__proto__', value: 'x' }] });
		expect(JSON.stringify(sent)).toBe('{"__proto__":[{"value":"x"}]}');
	});

	it.each([
		[{ paramValues: [{ name: 'seats' }] }, 'value', 'Value is empty'],
		[{ paramValues: [{ value: '4' }] }, 'name', 'Name is empty'],
		[{ params: { seats: '4' } }, 'params', 'JSON Params must hold a list for each name'],
		[{ params: { seats: [{ match: 'four' }] } }, 'params', 'JSON Params must hold a list for each name'],
	])('are refused before anything is sent: %j', async (raw, field, words) => {
		expect(await rejection(paramsSent(raw))).toMatchObject({
			code: 'CONVOFLOW_INVALID_INPUT',
			field,
			message: expect.stringContaining(words) as string,
		});
	});
});
