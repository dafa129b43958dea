import { pool, type Queryable } from "@/lib/db/pool";
import type { Reachability } from "../refuse-unreachable";
import type { FileFacts } from "./media";

/** Keeps what staff have uploaded, until a reply carries it. */
export async function keepUpload(upload: {
  readonly orgId: string;
  readonly id: string;
  readonly conversationId: string;
  readonly fileName: string;
  readonly userId: string;
  readonly facts: FileFacts;
  readonly at: Date;
}): Promise<void> {
  const { facts } = upload;
  await pool().query(
    `INSERT INTO media (org_id, id, file_id, conversation_id, kind, state, file_name, uploaded_by, mime, bytes, sha256, width, height,
                        created_at, ended_at)
     VALUES ($1, $2, $2, $3, $4, 'stored', $5, $6, $7, $8, $9, $10, $11, $12, $12)`,
    [
      upload.orgId,
      upload.id,
      upload.conversationId,
      facts.kind,
      upload.fileName,
      upload.userId,
      facts.mime,
      facts.bytes,
      facts.sha256,
      facts.width,
      facts.height,
      upload.at,
    ],
  );
}

/** How many bytes staff have uploaded since then, whatever became of them. */
export async function sumUploaded(orgId: string, since: Date): Promise<number> {
  const { rows } = await pool().query<{ bytes: number }>(
    `SELECT coalesce(sum(bytes), 0)::float8 AS bytes FROM media
     WHERE org_id = $1 AND uploaded_by IS NOT NULL AND file_id = id AND created_at > $2`,
    [orgId, since],
  );
  return rows[0]?.bytes ?? 0;
}

export type UploadToSend = {
  readonly kind: "image" | "document";
  readonly fileName: string;
  /** It stands on a message of ours already. */
  readonly messageId: string | null;
  /** That message has failed, so that the file may be sent again. */
  readonly hasFailed: boolean;
};

/** What staff have uploaded to this conversation, locked; undefined where there is none. */
export async function lockUpload(
  tx: Queryable,
  { orgId, conversationId, id }: { orgId: string; conversationId: string; id: string },
): Promise<UploadToSend | undefined> {
  const { rows } = await tx.query<UploadToSend>(
    `SELECT f.kind, f.file_name AS "fileName", f.message_id AS "messageId",
            coalesce((SELECT m.status = 'failed' FROM message AS m WHERE m.org_id = f.org_id AND m.id = f.message_id), false) AS "hasFailed"
     FROM media AS f
     WHERE f.org_id = $1 AND f.id = $2 AND f.conversation_id = $3 AND f.uploaded_by IS NOT NULL AND f.state = 'stored' FOR UPDATE OF f`,
    [orgId, id, conversationId],
  );
  return rows[0];
}

/** Puts an upload on its message; one that stands on a message which failed is put on the new one, too. */
export async function attachUpload(
  tx: Queryable,
  to: { orgId: string; id: string; newId: string; messageId: string; at: Date },
): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE media SET message_id = $3 WHERE org_id = $1 AND id = $2 AND message_id IS NULL`,
    [to.orgId, to.id, to.messageId],
  );
  if (rowCount === 1) return;
  await tx.query(
    `INSERT INTO media (org_id, id, file_id, conversation_id, message_id, kind, state, file_name, uploaded_by, mime, bytes, sha256, width,
                        height, created_at, ended_at)
     SELECT org_id, $3, file_id, conversation_id, $4, kind, state, file_name, uploaded_by, mime, bytes, sha256, width, height, $5, $5
     FROM media WHERE org_id = $1 AND id = $2`,
    [to.orgId, to.id, to.newId, to.messageId, to.at],
  );
}

/** The file of a message of ours. */
export type OutboundFile = {
  readonly id: string;
  readonly fileId: string;
  readonly kind: "image" | "document";
  readonly mime: string;
  readonly bytes: number;
  readonly fileName: string;
  /** Meta's id of it; null before it was handed over. */
  readonly ref: string | null;
  /** Null where nothing was written below it. */
  readonly caption: string | null;
  readonly identity: string;
  readonly status: string;
};

/** The file that a message of ours carries; undefined for one with words alone. */
export async function findOutboundFile(
  orgId: string,
  messageId: string,
  db: Queryable = pool(),
): Promise<OutboundFile | undefined> {
  const { rows } = await db.query<OutboundFile>(
    `SELECT f.id, f.file_id AS "fileId", f.kind, f.mime, f.bytes, f.file_name AS "fileName", f.provider_ref AS ref, c.identity, m.status,
            CASE WHEN m.parts ? 'captioned' THEN m.body END AS caption
     FROM media AS f
     JOIN message AS m ON m.org_id = f.org_id AND m.id = f.message_id
     JOIN conversation AS c ON c.org_id = m.org_id AND c.id = m.conversation_id
     WHERE f.org_id = $1 AND f.message_id = $2 AND f.uploaded_by IS NOT NULL`,
    [orgId, messageId],
  );
  return rows[0];
}

/** Meta has the file, under this id. */
export async function noteHandedOver(orgId: string, id: string, ref: string): Promise<void> {
  await pool().query(`UPDATE media SET provider_ref = $3 WHERE org_id = $1 AND id = $2`, [orgId, id, ref]);
}

/** Whether a customer can be written to now; undefined for another organisation's conversation. */
export async function readReachability(
  orgId: string,
  conversationId: string,
): Promise<Reachability | undefined> {
  const { rows } = await pool().query<Reachability>(
    `SELECT c.channel, c.window_ends_at AS "windowEndsAt", k.opted_out_at IS NOT NULL AS "optedOut"
     FROM conversation AS c JOIN contact AS k ON k.org_id = c.org_id AND k.id = c.contact_id
     WHERE c.org_id = $1 AND c.id = $2`,
    [orgId, conversationId],
  );
  return rows[0];
}
