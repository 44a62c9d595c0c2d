import type { JsonValue } from '@convoflow/client';
import { defineCredential, operationsFor, type InputOf } from '@convoflow/kit';

// What is wrong here does not compile: `npx tsc -p tsconfig.json` checks it, running it only shows that it loads.
const define = operationsFor<{ readonly name: string }>('fake', 'fakeApi');
const WORDS = { displayName: 'Do', action: 'Do it', description: 'Do it', effect: 'read' } as const;
const TEXT = { label: 'L', description: 'D' } as const;

/** Fails to compile unless the value has exactly the type. */
function exactly<T>() {
	return <V extends T>(_value: V, ..._same: [T] extends [V] ? [] : ['the type is wider or narrower']): void =>
		undefined;
}

const typed = define({
	...WORDS,
	name: 'typed',
	returns: 'one',
	fields: {
		sure: { kind: 'string', ...TEXT, required: true },
		chosen: { kind: 'options', ...TEXT, options: [], default: 'a' },
		count: { kind: 'number', ...TEXT, default: 5 },
		flag: { kind: 'boolean', ...TEXT, default: false },
		maybe: { kind: 'string', ...TEXT },
		hidden: { kind: 'string', ...TEXT, required: true, showWhen: { flag: [true] } },
		body: { kind: 'json', shape: 'object', ...TEXT, required: true },
		rows: {
			kind: 'list',
			item: 'Row',
			...TEXT,
			required: true,
			fields: { id: { kind: 'string', ...TEXT, required: true }, size: { kind: 'number', ...TEXT } },
		},
	},
	optional: { extra: { kind: 'multiOptions', ...TEXT, options: [], default: ['a'] } },
	run: (client, input, context) => {
		exactly<string>()(client.name);
		exactly<string>()(input.sure);
		exactly<string>()(input.chosen);
		exactly<number>()(input.count);
		exactly<boolean>()(input.flag);
		exactly<string | undefined>()(input.maybe);
		exactly<string | undefined>()(input.hidden);
		exactly<{ [key: string]: JsonValue }>()(input.body);
		exactly<readonly string[] | undefined>()(input.extra);
		for (const row of input.rows) {
			exactly<string>()(row.id);
			exactly<number | undefined>()(row.size);
		}
		exactly<AbortSignal>()(context.signal);
		// @ts-expect-error a field that is not defined is not there
		void input.missing;
		// @ts-expect-error a field that may be absent is no text for sure
		void input.maybe.length;
		// @ts-expect-error a number is no text
		exactly<string>()(input.count);
		// @ts-expect-error input is read-only
		input.sure = 'changed';
		return Promise.resolve({});
	},
	examples: [{ name: 'Any', input: { sure: 'x', extra: ['a'] } }],
});

const wrong = [
	() =>
		define({
			...WORDS,
			name: 'list',
			returns: 'many',
			fields: {},
			// @ts-expect-error a list gives pages, not one row
			run: () => Promise.resolve({}),
			examples: [{ name: 'Any', input: { returnAll: true } }],
		}),
	() =>
		define({
			...WORDS,
			name: 'example',
			returns: 'one',
			fields: { sure: { kind: 'string', ...TEXT, required: true } },
			run: () => Promise.resolve({}),
			// @ts-expect-error an example names fields of the operation only
			examples: [{ name: 'Any', input: { other: 1 } }],
		}),
	() =>
		define({
			...WORDS,
			name: 'none',
			returns: 'one',
			fields: {},
			run: () => Promise.resolve({}),
			// @ts-expect-error at least one example is asked for
			examples: [],
		}),
	() =>
		define({
			...WORDS,
			name: 'kind',
			returns: 'one',
			// @ts-expect-error kinds are a closed set
			fields: { odd: { kind: 'colour', ...TEXT } },
			run: () => Promise.resolve({}),
			examples: [{ name: 'Any', input: {} }],
		}),
	() => {
		// @ts-expect-error a required field must be there
		const input: InputOf<{ sure: { kind: 'string'; label: 'L'; description: 'D'; required: true } }> = {};
		return input;
	},
];

it('input, client and examples of an operation are typed from its definition', () => {
	expect(typed).toMatchObject({ service: 'fake', credential: 'fakeApi', name: 'typed' });
	expect(typed.optional).toHaveProperty('extra');
	expect(wrong).toHaveLength(5);
});

it('values of a credential are typed from its fields', () => {
	const credential = defineCredential({
		name: 'fakeApi',
		displayName: 'Fake API',
		nodeRedType: 'fake-api',
		documentationUrl: 'https://example.test',
		service: { code: 'FAKE', label: 'Fake' },
		test: { method: 'GET', path: '/', proof: 'ok' },
		fields: { key: { kind: 'secret', ...TEXT, required: true }, note: { kind: 'string', ...TEXT } },
		sign: ({ key, note }) => {
			exactly<string>()(key);
			exactly<string | undefined>()(note);
			return { headers: { authorization: key } };
		},
		baseUrl: () => 'https://example.test',
		connect: (ports, { key }, baseUrl) => ({ ports, key, baseUrl }),
	});
	expect(credential.sign({ key: 'fake' })).toEqual({ headers: { authorization: 'fake' } });
});
