/**
 * The fragment that GitHub gives a heading; the site gives the same.
 * @param heading text of the heading, without marks
 */
export function anchor(heading: string): string;
