import { invalidInput } from '../../errors';
import { distrust, type TrustRules } from '../../http/trusted-url';

/**
 * Checks the address of a later reply, which came with a call, before anything is sent there: what is sent holds
 * the verify token. Flow.ai reference §8 [inferred].
 * @throws CONVOFLOW_INVALID_INPUT (replyUrl)
 */
export function checkReplyUrl(replyUrl: string, rules: TrustRules): URL {
	const text = replyUrl.trim();
	const refuse = (rule: string): Error => invalidInput('replyUrl', 'Reply URL', rule);
	if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
		throw refuse('must be the web address that came with the call');
	const url = new URL(text);
	const rule = distrust(url, rules);
	if (rule !== undefined) throw refuse(rule);
	return url;
}
