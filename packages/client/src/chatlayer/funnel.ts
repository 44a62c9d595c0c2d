import { defined } from '../json';
import type { JsonObject } from '../ports';
import type { FunnelQuery } from './types';

/** The body of both funnel calls. Chatlayer reference §4.7. */
export function funnelBody(query: FunnelQuery): JsonObject {
	return defined({
		version: query.version,
		start_time: query.startTime,
		end_time: query.endTime,
		order_type: query.orderType,
		breakdown_property: query.breakdownProperty,
		properties: query.properties,
		steps: query.steps.map((step) => ({ ...step })),
	});
}
