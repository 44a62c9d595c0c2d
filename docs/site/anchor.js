/**
 * The fragment that GitHub gives a heading; the site gives the same.
 * @param {string} heading text of the heading, without marks
 */
function anchor(heading) {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}_\- ]/gu, '')
		.replaceAll(' ', '-');
}

module.exports = { anchor };
