import { ConvoflowError } from '../errors';

/** The service sends what it has sent before, so that a list would never end. */
export function pageLoop(): ConvoflowError {
	return new ConvoflowError('CONVOFLOW_PAGE_LOOP', 'The service keeps sending the same page', {
		advice: 'Use a limit, or narrow the time range.',
	});
}
