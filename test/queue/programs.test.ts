import { program } from './programs';

it('says in one sentence what to install where a program is missing', () => {
	expect(() => program('no-such-program')).toThrow(
		/^n8n’s queue mode needs PostgreSQL and Redis: .* apt-get install .*postgresql redis-server \(no-such-program was not found\)$/,
	);
});
