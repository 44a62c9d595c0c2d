import type { Credential } from '@convoflow/kit';
import { actionNodes, configNodes, triggerNodes, type ActionNode, type TriggerNode } from '../model/nodes';
import { actionCatalog, categoryCatalog, configCatalog, triggerCatalog, type Catalog } from './catalog';
import { faceOf } from './faces';
import { actionHelp } from './help/action-help';
import { configHelp } from './help/config-help';
import { triggerHelp } from './help/trigger-help';
import { languageOf, type Language } from './language';

/** Everything that a user reads of one node type. */
export interface NodeTexts {
	readonly type: string;
	/** In English. */
	readonly catalog: Catalog;
	readonly help: (language: Language) => string;
}

/** The texts of an action node. */
export function actionTexts(node: ActionNode): NodeTexts {
	const { type, service } = node;
	return {
		type,
		catalog: { [type]: actionCatalog(node), ...categoryCatalog(faceOf(service.name).category) },
		help: (language) => actionHelp(node, language),
	};
}

/** The texts of a trigger. */
export function triggerTexts(node: TriggerNode): NodeTexts {
	const { type, service } = node;
	return {
		type,
		catalog: { [type]: triggerCatalog(node), ...categoryCatalog(faceOf(service.name).category) },
		help: (language) => triggerHelp(node, language),
	};
}

/** The texts of a config node. */
export function configTexts(credential: Credential): NodeTexts {
	const { nodeRedType: type } = credential;
	return {
		type,
		catalog: { [type]: configCatalog(credential) },
		help: (language) => configHelp(credential, language),
	};
}

/** The texts of every node. */
export function allTexts(): NodeTexts[] {
	return [
		...actionNodes.map(actionTexts),
		...triggerNodes.map(triggerTexts),
		...configNodes.map(configTexts),
	];
}

function collect(catalog: Catalog, found: Set<string>): void {
	for (const value of Object.values(catalog)) {
		if (typeof value === 'string') found.add(value);
		else collect(value, found);
	}
}

/** Every English text that a translation may hold, each once, with the nodes that show it. */
export function englishTexts(): Map<string, string[]> {
	const texts = new Map<string, string[]>();
	for (const { type, catalog, help } of allTexts()) {
		const found = new Set<string>();
		collect(catalog, found);
		const listening = languageOf('en-US', '.', (english) => {
			found.add(english);
			return english;
		});
		help(listening);
		for (const text of found) texts.set(text, [...(texts.get(text) ?? []), type]);
	}
	return texts;
}
