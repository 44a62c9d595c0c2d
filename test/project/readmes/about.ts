/**
 * What is said of a service in its READMEs, beside what its definitions say.
 *
 * Sources: the references of the services, and what their documents leave open.
 */
interface About {
	/** What the documents of the service leave open. */
	readonly open: string;
	/** Picture of a run in n8n, below `docs/pictures`, and what it shows. */
	readonly run: { readonly picture: string; readonly shows: string };
}

/** By name of the service. */
export const ABOUT: Readonly<Record<string, About>> = {
	flowai: {
		open: 'Flow.ai has since become Khoros Flow; whether its old addresses still answer is not known, so every base URL is a setting. Its documents show two forms of the header with the key, two vocabularies of events, and do not say how calls are signed: there is a choice for each.',
		run: { picture: 'n8n-output-table', shows: 'Flow.ai: the messages of a thread, one row each' },
	},
	flowxo: {
		open: 'The document of Flow XO does not say in which order it lists conversations nor how many rows a page may hold: lists are read to their end whatever comes, and the trigger says in the log when the order is not as expected.',
		run: { picture: 'n8n-run-flow-xo', shows: 'Flow XO: all conversations, one row each' },
	},
	chatlayer: {
		open: 'The core API (bots, conversations, session data) is not in the document that the rest was built from. How calls of subscriptions are signed is not published: header and signed text are settings of the trigger.',
		run: { picture: 'n8n-run-chatlayer', shows: 'Chatlayer: conversations a day by channel' },
	},
};
