import { isObject, type JsonObject, type JsonValue } from '@convoflow/client';

/** What stands in the place of a value. */
const MASK = { name: '[name]', email: '[email]', phone: '[phone]', other: '[masked]' } as const;
const MASKS: ReadonlySet<string> = new Set(Object.values(MASK));

/** Members that hold the name of a person, wherever they stand; spelled in small letters and digits only. */
const NAME =
	/^((first|last|middle|full|given|family|sur|nick|display|screen|profile|pet)name|(user|originator|contact|customer|client|sender|recipient|author|agent|visitor|guest|caller|member|person|owner|operator|moderator|enduser)(s)?(full|first|last|display|nick)?names?)$/;
const EMAIL = /e?mail(address)?$|^email/;
const PHONE = /phone|^mobile|^msisdn$|^tel$|^fax$|^cellular$/;
const OTHER =
	/^(address|street|streetaddress|city|zip|zipcode|postcode|postalcode|birth(day|date)|dateofbirth|dob|gender|age|avatar|avatarurl|picture|photo|profile(pic|picture|photo|image|url)|ip|ipaddress|lat|long|lng|latitude|longitude|ssn|iban|passport)$/;
/** Members whose whole content is free text about a person. */
const PROFILE =
	/^((user|contact|customer|originator)?profile|(user|contact|customer)(data|fields|attributes)|custom(fields|attributes)|sessiondata|profiledata)$/;
/** Objects that are persons. */
const PERSON =
	/^(originator|user|enduser|contact|customer|sender|recipient|author|agent|visitor|guest|caller|member|owner|operator|moderator|from|audience|users|contacts|members|person|people)$/;
/** Members that only a person has beside a name. */
const PERSONAL = /^(role|profile|gender|birthdate|locale|identifier|userid)$/;
/** Ids and times: what leads on to other calls stays as it is. */
const KEPT =
	/(^|_)(ids?|key|token|at|cursor|hash)$|[a-z](Ids?|Key|Token|At|Cursor)$|^(timestamp|date|time|href)$/;

// Dates, times, UUIDs and web addresses come first, so that their digits are not taken for a phone number.
const PATTERN =
	/(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?)?|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|https?:\/\/[^\s"'<>]+)|([^\s"<>()[\],;:@\\]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)|(?<![\p{L}\p{N}_./-])((?:\+|00)?\(?\d[\d\s()./\u2010-\u2015-]{5,60}\d)(?![\p{L}\p{N}_])/giu;
const EMAILS = /[^\s"'<>/?#&=:;,()]+(?:@|%40)[^\s"'<>/?#&=:;,()]+/giu;

/** Digits that a number needs to be taken for a phone number: fewer when it begins like one. */
function isPhone(text: string): boolean {
	if (/^\d+\.\d+$/.test(text)) return false;
	const digits = text.replace(/\D/g, '');
	const least = /^(\+|00)/.test(text) ? 7 : digits.startsWith('0') || text.startsWith('(') ? 8 : 9;
	return digits.length >= least;
}

function maskText(text: string): string {
	return text.replace(PATTERN, (whole: string, kept?: string, email?: string) => {
		if (kept !== undefined) return kept.replace(EMAILS, MASK.email);
		if (email !== undefined) return MASK.email;
		return isPhone(whole) ? MASK.phone : whole;
	});
}

/** Everything in a value replaced; its form stays. */
function maskWhole(value: JsonValue, mask: string): JsonValue {
	if (typeof value === 'string') return value === '' || MASKS.has(value) ? value : mask;
	if (Array.isArray(value)) return value.map((one) => maskWhole(one, mask));
	if (!isObject(value)) return null;
	return entriesOf(value, (_key, one) => maskWhole(one, mask));
}

function entriesOf(value: JsonObject, change: (key: string, one: JsonValue) => JsonValue): JsonObject {
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(key, one)]));
}

const plain = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, '');

function maskObject(object: JsonObject, isPerson: boolean): JsonObject {
	const speaksOfOne =
		isPerson ||
		Object.keys(object)
			.map(plain)
			.some((key) => PERSONAL.test(key) || EMAIL.test(key) || PHONE.test(key));
	return entriesOf(object, (key, value) => {
		const name = plain(key);
		if (PROFILE.test(name) || (isPerson && name === 'metadata')) return maskWhole(value, MASK.other);
		if (NAME.test(name) || (speaksOfOne && name === 'name')) return maskWhole(value, MASK.name);
		if (EMAIL.test(name)) return maskWhole(value, MASK.email);
		if (PHONE.test(name)) return maskWhole(value, MASK.phone);
		if (OTHER.test(name)) return maskWhole(value, MASK.other);
		if (KEPT.test(key)) return maskBelow(value, PERSON.test(name));
		return maskValue(value, PERSON.test(name));
	});
}

/** Below an id or a time: texts stay, objects are looked into. */
function maskBelow(value: JsonValue, isPerson: boolean): JsonValue {
	if (Array.isArray(value)) return value.map((one) => maskBelow(one, isPerson));
	return isObject(value) ? maskObject(value, isPerson) : value;
}

function maskValue(value: JsonValue, isPerson: boolean): JsonValue {
	if (typeof value === 'string') return MASKS.has(value) ? value : maskText(value);
	if (Array.isArray(value)) return value.map((one) => maskValue(one, isPerson));
	return isObject(value) ? maskObject(value, isPerson) : value;
}

/**
 * Replaces personal data in a row: names of persons, email addresses, phone numbers, postal addresses, places,
 * birthdays, pictures and everything in profiles, by the names of the members that hold them; and email
 * addresses and phone numbers inside any text. The form of the row stays: texts become a mask such as
 * `[email]`, numbers and booleans null, lists and objects keep their members.
 *
 * It cannot know a name inside a text, what a phone number without its country or area looks like when it is
 * shorter than nine digits, or personal data under names of members that say nothing of it. Ids and times stay,
 * also where a channel uses a phone number as the id of its user, since other calls need them; so do the names
 * of members themselves.
 */
export function maskRow(row: JsonObject): JsonObject {
	return maskObject(row, false);
}
