import type { Bus } from './bus';
import type { Clock } from './clock';
import type { Faults } from './faults/registry';
import type { Redactor, RequestLog } from './http/log';
import type { Ids } from './ids';
import type { SandboxKeys, SandboxSettings } from './options';
import type { Deliveries } from './webhook/deliveries';
import type { WebhookTarget } from './webhook/target';

/** What every part of a running sandbox shares. */
export interface Context {
	readonly clock: Clock;
	readonly bus: Bus;
	readonly ids: Ids;
	readonly faults: Faults;
	readonly keys: SandboxKeys;
	/** May be changed while running. */
	readonly settings: SandboxSettings;
	readonly redactor: Redactor;
	readonly requests: RequestLog;
	readonly deliveries: Deliveries;
	/** Webhook of the Flow.ai REST channel. */
	webhook: WebhookTarget | null;
	/** Base address once listening, for example `http://127.0.0.1:4000`. */
	url: string;
	/** Number of generated conversations in each service. */
	readonly seed: number;
}
