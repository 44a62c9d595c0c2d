import type { NodeExecutionHint } from 'n8n-workflow';
import { pagingCases, type ReadList } from '../paging-cases/host-cases';
import { sandboxValues } from '../samples/record';
import { PLACES, runPlace, type Place } from './services';

const getMany = PLACES.find(({ title }) => title === 'flowxo conversation getMany') as Place;

const read: ReadList = async (sandbox, input) => {
	const values = sandboxValues(sandbox, 'flowXoApi') as Record<string, string>;
	const { items, error, run } = await runPlace(getMany, values, input);
	const hints: readonly NodeExecutionHint[] = run.data.resultData.runData['Under test']?.at(-1)?.hints ?? [];
	// Under the output, where the rows are looked at.
	const shown = hints.filter(({ location }) => location === 'outputPane');
	return {
		ids: (items[0] ?? []).map(({ json }) => json['id'] as string),
		notices: shown.map(({ message }) => message),
		...(error ? { error: error.message } : {}),
	};
};

describe('lists of Flow XO in the engine of n8n', () => {
	pagingCases(read);
});
