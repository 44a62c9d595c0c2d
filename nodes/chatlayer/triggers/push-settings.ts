import {
	invalidInput,
	PUSH_EVENTS,
	type ChallengeForm,
	type PushEvent,
	type PushVerification,
	type WantedSubscriptions,
} from '@convoflow/client';
import type { InputOf } from '@convoflow/kit';
import { listed } from '../operation';
import type { chatlayerTrigger } from './subscription';

type Fields = (typeof chatlayerTrigger)['fields'];
type Optional = (typeof chatlayerTrigger)['optional'];

/** The settings of the subscription trigger, as both hosts use them. */
export interface PushSettings {
	readonly wanted: Omit<WantedSubscriptions, 'address' | 'secrets'>;
	readonly verification: Omit<PushVerification, 'secrets'>;
	readonly challengeForm: ChallengeForm;
	/** Whether an event starts anything. A kind that is not known passes, since its form is not confirmed. */
	isWanted(event: PushEvent): boolean;
}

/**
 * Reads the settings of the subscription trigger from its checked fields.
 * @throws CONVOFLOW_INVALID_INPUT (events) when there is nothing to subscribe to
 */
export function pushSettings(values: Readonly<Record<string, unknown>>): PushSettings {
	const input = values as unknown as InputOf<Fields> & Partial<InputOf<Optional>>;
	const { botId, version, events, verification, signatureHeader = '', signedText = '' } = input;
	if (!events.some((event) => Object.hasOwn(PUSH_EVENTS, event)))
		throw invalidInput('events', 'Events', 'must hold at least one kind of event beside its end');
	const names = events.includes('trackingEvent') ? (listed(input.eventNames) ?? []) : [];
	return {
		wanted: { botId, botVersion: version, events, eventNames: names },
		verification: { mode: verification as PushVerification['mode'], signatureHeader, signedText },
		challengeForm: (input.challengeAnswer ?? 'text') as ChallengeForm,
		isWanted: ({ kind }) => kind === 'other' || events.includes(kind),
	};
}
