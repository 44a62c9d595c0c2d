import { services } from '@convoflow/nodes';

/** The README's table of nodes and operations. */
export function operationsTable(): string {
	const rows = services.flatMap(({ displayName, resources, triggers }) => [
		...resources.map(
			(resource) =>
				`| ${displayName} | ${resource.displayName} | ${resource.operations.map((operation) => operation.displayName).join(', ')} |`,
		),
		...triggers.map((trigger) => `| ${displayName} | *${trigger.displayName}* | ${trigger.description} |`),
	]);
	return ['| service | resource or trigger | operations |', '| --- | --- | --- |', ...rows].join('\n');
}
