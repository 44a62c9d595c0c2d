/** Jest's own matchers return `any`; these say what they are. */
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const containing = (text: string): unknown => expect.stringContaining(text);
export const like = (part: object): unknown => expect.objectContaining(part);
export const anyNumber = (): unknown => expect.any(Number);
