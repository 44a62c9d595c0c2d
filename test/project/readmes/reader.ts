import type { Service } from '@convoflow/kit';
import { PACKAGES, type PackagePlan } from '../../../packages/n8n-host/src/generate/packages';
import { services } from '@convoflow/nodes';

const REPOSITORY = 'https://github.com/convoflow/convoflow/blob/main';
const PICTURES = 'https://raw.githubusercontent.com/convoflow/convoflow/main/docs/pictures';

/** Whom a README speaks to, and where it stands. */
export interface Reader {
	/** Path of the README from the root. */
	readonly path: string;
	/** The host of the package; the project's own README speaks of both. */
	readonly host?: 'n8n' | 'Node-RED';
	/** The n8n package that it is of. */
	readonly plan?: PackagePlan;
	readonly services: readonly Service[];
	/** Where a page of the docs is; npm and the hosts show READMEs elsewhere, so theirs lead to the web. */
	readonly page: (path: string) => string;
	/** Where a picture of the docs is, by its name without ending. */
	readonly picture: (name: string) => string;
}

const onTheWeb = {
	page: (path: string) => `${REPOSITORY}/docs/${path}`,
	picture: (name: string) => `${PICTURES}/${name}.png`,
};

/** Every README that has parts made from the definitions. */
export const READERS: readonly Reader[] = [
	{
		path: 'README.md',
		services,
		page: (path) => `docs/${path}`,
		picture: (name) => `docs/pictures/${name}.png`,
	},
	{ path: 'packages/node-red/README.md', host: 'Node-RED', services, ...onTheWeb },
	...PACKAGES.map((plan): Reader => ({
		path: `packages/${plan.name}/README.md`,
		host: 'n8n',
		plan,
		services: [plan.service],
		...onTheWeb,
	})),
];
