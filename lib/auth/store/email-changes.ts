import { pool } from "@/lib/db/pool";

export type EmailChangeRow = {
  readonly newEmail: string;
  /** Whose links can still be used. */
  readonly waitsFor: readonly ("old" | "new")[];
  readonly expiresAt: Date;
};

/** The change of address that a user has asked for and not both addresses have confirmed; undefined for none, or one that ran out. */
export async function selectEmailChange(userId: string, now: Date): Promise<EmailChangeRow | undefined> {
  const { rows } = await pool().query<EmailChangeRow>(
    `SELECT data ->> 'newEmail' AS "newEmail", array_agg(data ->> 'side' ORDER BY data ->> 'side' DESC) AS "waitsFor",
       min(expires_at) AS "expiresAt"
     FROM one_time_link WHERE kind = 'email-change' AND user_id = $1 AND ended IS NULL AND expires_at > $2
     GROUP BY group_id, data ->> 'newEmail' ORDER BY max(created_at) DESC LIMIT 1`,
    [userId, now],
  );
  return rows[0];
}
