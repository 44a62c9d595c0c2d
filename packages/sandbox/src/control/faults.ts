import type { FastifyInstance } from 'fastify';
import { notFound } from '../http/errors';
import { ACTION_TYPES, SURFACES, type Fault } from '../faults/types';
import type { Sandbox } from '../sandbox';

/** Faults: list, add, remove. */
export function faultControl(app: FastifyInstance, sandbox: Sandbox): void {
	app.get('/faults', () => ({ faults: sandbox.faults.all(), surfaces: SURFACES, actions: ACTION_TYPES }));
	// The registry checks the fault and names what is wrong.
	app.post('/faults', (request) => ({ id: sandbox.faults.add(request.body as Fault) }));
	app.delete('/faults', () => {
		sandbox.faults.clear();
		return { ok: true };
	});
	app.delete('/faults/:id', (request) => {
		const id = (request.params as { id: string }).id;
		if (!sandbox.faults.remove(id)) throw notFound(`There is no fault ${id}`);
		return { ok: true };
	});
}
