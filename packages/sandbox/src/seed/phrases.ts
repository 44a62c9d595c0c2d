/** What generated users and bots say, by language. Users and bots take the lines of one topic in turn. */
export const LANGUAGES = ['en', 'de', 'sv', 'nl', 'fr', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

export const CHANNELS = ['web', 'whatsapp', 'messenger', 'telegram', 'sms'] as const;

/** Question and answer, several to a language. */
export const EXCHANGES: Record<Language, ReadonlyArray<readonly [string, string]>> = {
	en: [
		['Hi, is anyone there?', 'Hello! How can I help?'],
		['Where is my order 4711?', 'It left our warehouse this morning.'],
		['Can I change the delivery address?', 'Of course. What is the new address?'],
		['Do you have this bike in blue?', 'We do, in two sizes.'],
		['How much is shipping?', 'Shipping is free from 50 euros.'],
		['Thank you so much!', 'You are welcome.'],
	],
	de: [
		['Hallo, ich habe eine Frage', 'Hallo! Wie kann ich helfen?'],
		['Wo bleibt meine Bestellung?', 'Sie ist heute früh losgeschickt worden.'],
		['Kann ich das Rad zurückgeben?', 'Ja, innerhalb von 30 Tagen.'],
		['Habt ihr samstags geöffnet?', 'Samstags von 10 bis 16 Uhr.'],
		['Was kostet der Versand?', 'Ab 50 Euro ist der Versand kostenlos.'],
		['Danke schön!', 'Gern geschehen.'],
	],
	sv: [
		['Hej!', 'Hej! Hur kan jag hjälpa dig?'],
		['Är bord sex ledigt i kväll?', 'Ja, fram till klockan åtta.'],
		['Var är min beställning?', 'Den skickades i morse.'],
		['Har ni öppet på söndag?', 'Nej, på söndagar har vi stängt.'],
		['Tack så mycket!', 'Varsågod.'],
	],
	nl: [
		['Goedemorgen', 'Goedemorgen! Waarmee kan ik helpen?'],
		['Waar blijft mijn pakket?', 'Het is vanochtend verzonden.'],
		['Kan ik morgen langskomen?', 'Ja, we zijn open van negen tot vijf.'],
		['Hebben jullie deze fiets in het blauw?', 'Ja, in twee maten.'],
		['Dank je wel!', 'Graag gedaan.'],
	],
	fr: [
		['Bonjour, j’ai une question', 'Bonjour ! Comment puis-je vous aider ?'],
		['Où est ma commande ?', 'Elle est partie ce matin.'],
		['Puis-je changer l’adresse ?', 'Bien sûr. Quelle est la nouvelle adresse ?'],
		['Vous êtes ouverts dimanche ?', 'Non, nous sommes fermés le dimanche.'],
		['Merci beaucoup !', 'Avec plaisir.'],
	],
	es: [
		['Hola, ¿hay alguien?', '¡Hola! ¿En qué puedo ayudar?'],
		['¿Dónde está mi pedido?', 'Salió esta mañana.'],
		['¿Puedo devolver la bici?', 'Sí, en un plazo de 30 días.'],
		['¿Cuánto cuesta el envío?', 'Gratis a partir de 50 euros.'],
		['¡Muchas gracias!', 'De nada.'],
	],
};

export const NAMES: Record<Language, readonly string[]> = {
	en: ['Grace Hall', 'Owen Reed', 'Ella Stone', 'Max Cole'],
	de: ['Lena Vogt', 'Jonas Krüger', 'Mia Scholz', 'Emil Brandt'],
	sv: ['Mara Lind', 'Nils Åberg', 'Astrid Ek', 'Elsa Holm'],
	nl: ['Sanne de Wit', 'Daan Visser', 'Fleur Bos', 'Luuk Smit'],
	fr: ['Camille Roux', 'Hugo Petit', 'Léa Garnier', 'Jules Faure'],
	es: ['Lucía Vega', 'Mateo Rubio', 'Sofía León', 'Iván Soto'],
};

export const LOCALES: Record<Language, string> = {
	en: 'en-GB',
	de: 'de-DE',
	sv: 'sv-SE',
	nl: 'nl-NL',
	fr: 'fr-FR',
	es: 'es-ES',
};
