import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { HttpError, notFound } from '../http/errors';
import { flowAiErrors } from './rest/scope';
import { uploads } from './uploads';

/** Types that a browser may show; anything else is offered for saving. */
const SHOWN = /^(image\/(png|jpeg|gif|webp)|audio\/[\w.-]+|video\/[\w.-]+|text\/plain)$/;

/** Files that were uploaded, under the address that messages name. */
export function fileRoutes(app: FastifyInstance, context: Context): void {
	flowAiErrors(app);
	app.get('/files/:id', (request, reply) => {
		const file = uploads.get(context, (request.params as { id: string }).id);
		if (!file) throw notFound('There is no such file');
		if (!file.bytes)
			throw new HttpError(
				410,
				`The content is not kept: the file has ${file.size} bytes, or the sandbox was restarted`,
			);
		const shown = SHOWN.test(file.mimeType);
		return reply
			.header('content-type', shown ? file.mimeType : 'application/octet-stream')
			.header('content-disposition', shown ? 'inline' : 'attachment')
			.header('x-content-type-options', 'nosniff')
			.send(file.bytes);
	});
}
