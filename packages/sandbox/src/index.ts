export { startSandbox, type Sandbox } from './sandbox';
export type { SandboxKeys, SandboxOptions, SandboxSettings } from './options';
export type { Fault, FaultAction, FaultMatch, FaultRecord, Surface } from './faults/types';
export type { DeliveryAttempt, DeliveryRecord, WebhookAuth, WebhookTarget } from './webhook/target';
export type { RequestRecord } from './http/log';
export type { ThreadView, World } from './world';
