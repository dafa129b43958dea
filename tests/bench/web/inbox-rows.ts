import { withBulkClient } from "../bulk";

type InboxSize = { readonly orgId: string; readonly conversations: number };

const MESSAGES_EACH = 20;
/** Words, by how many conversations say them: a quarter, one in fifty, five. */
export const COMMON = "car";
export const SOME = "clutch";
export const RARE = "crankshaft";
const RARE_TIMES = 5;
const FILLERS = 12;

/**
 * Conversations of two channels with their messages and words, set-based: most are done, some want a person, and a quarter
 * of what is said is said of cars. The words are those that `search_lexemes` would keep, which is checked for some of them.
 */
export async function loadInbox({ orgId, conversations }: InboxSize): Promise<void> {
  await withBulkClient(async (tx) => {
    await tx.query("BEGIN");
    // Row triggers and foreign keys would cost minutes.
    await tx.query("SET LOCAL session_replication_role = replica");
    await tx.query("SET LOCAL work_mem = '256MB'");
    await tx.query(
      `CREATE TEMP TABLE made ON COMMIT DROP AS
       SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS contact_id, (ARRAY['whatsapp', 'sms'])[1 + n % 2]::channel AS channel,
              now() - n * interval '180 days' / $1 AS at, n % 10 > 2 AS is_done,
              concat_ws(' ', CASE WHEN n % 4 = 0 THEN '${COMMON}' END, CASE WHEN n % 50 = 0 THEN '${SOME}' END,
                        CASE WHEN n % ($1 / ${RARE_TIMES}) = 0 THEN '${RARE}' END) AS says
       FROM generate_series(1, $1::int) AS n`,
      [conversations],
    );
    await tx.query(
      `INSERT INTO contact (org_id, id, channel, external_id, phone, name, created_at)
       SELECT $1, contact_id, channel, n::text, '+447' || lpad(n::text, 9, '0'), 'Customer ' || n, at FROM made`,
      [orgId],
    );
    await tx.query(
      `INSERT INTO conversation (org_id, id, contact_id, channel, identity, last_message_at, last_inbound_at, created_at, done_at,
                                 needs_attention, attention_reason)
       SELECT $1, id, contact_id, channel, '1', at, at, at, CASE WHEN is_done THEN at END, NOT is_done AND n % 100 = 0,
              CASE WHEN NOT is_done AND n % 100 = 0 THEN 'ai-unsure' END FROM made`,
      [orgId],
    );
    await tx.query(
      `INSERT INTO message (org_id, id, conversation_id, channel, direction, author, provider_id, type, body, at, received_at)
       SELECT $1, gen_random_uuid(), m.id, m.channel, 'inbound', 'customer', m.n || '.' || nth, 'text',
              m.says || ' w' || (m.n * 7 + nth % ${FILLERS}) % 5000, m.at - nth * interval '1 minute', m.at - nth * interval '1 minute'
       FROM made AS m CROSS JOIN generate_series(1, ${MESSAGES_EACH}) AS nth`,
      [orgId],
    );
    await tx.query(
      `INSERT INTO conversation_word (org_id, conversation_id, word)
       SELECT DISTINCT $1::uuid, m.id, word FROM made AS m CROSS JOIN LATERAL (
         SELECT unnest(search_lexemes(m.says || ' Customer ' || m.n)) AS word
         UNION ALL SELECT 'w' || (m.n * 7 + nth) % 5000 FROM generate_series(0, ${FILLERS - 1}) AS nth
       ) AS said`,
      [orgId],
    );
    const { rows } = await tx.query(
      `SELECT count(*)::int AS missing FROM (SELECT * FROM message WHERE org_id = $1 LIMIT 500) AS m, unnest(search_lexemes(m.body)) AS word
       WHERE NOT EXISTS (SELECT FROM conversation_word AS w WHERE w.org_id = $1 AND w.conversation_id = m.conversation_id AND w.word = word.word)`,
      [orgId],
    );
    if (rows[0]?.missing !== 0) throw new Error(`${rows[0]?.missing} words are not kept`);
    await tx.query("COMMIT");
    for (const table of ["contact", "conversation", "message", "conversation_word"])
      await tx.query(`VACUUM (ANALYZE) ${table}`);
  });
}
