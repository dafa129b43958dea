import { pool } from "@/lib/db/pool";
import type { PersonalLetterName } from "@/lib/mail/personal-letters";

/** The letters that wait for a person, the first one first, with what stands in them. */
export async function lettersTo(email: string): Promise<{ letter: string; token: string | undefined }[]> {
  const { rows } = await pool().query<{ letter: string; token: string | null }>(
    `SELECT letter, data->>'token' AS token FROM personal_mail
     WHERE address = $1 OR user_id = (SELECT id FROM "user" WHERE email = $1) ORDER BY queued_at, id`,
    [email],
  );
  return rows.map(({ letter, token }) => ({ letter, token: token ?? undefined }));
}

/** The token in the latest letter of a name to an address. */
export async function tokenTo(email: string, name: PersonalLetterName): Promise<string> {
  const found = (await lettersTo(email)).findLast(({ letter }) => letter === name)?.token;
  if (!found) throw new Error(`no "${name}" with a link waits for ${email}`);
  return found;
}
