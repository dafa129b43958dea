import { pool, type Queryable } from "@/lib/db/pool";
import type { MediaKind, MediaProblem, MediaState } from "../core/media";
import type { MediaPart } from "../core/media-parts";
import type { Json, MessageChannel } from "../core/message";

/** A message whose files are to be fetched. */
export type MediaMessage = {
  readonly conversationId: string;
  readonly channel: MessageChannel;
  /** Which of our numbers it came to. */
  readonly identity: string;
  readonly type: string;
  readonly parts: Json;
  readonly receivedAt: Date;
};

/** A message with files; undefined where it is not there. */
export async function findMediaMessage(orgId: string, messageId: string): Promise<MediaMessage | undefined> {
  const { rows } = await pool().query<MediaMessage>(
    `SELECT conversation_id AS "conversationId", channel, coalesce(identity, '') AS identity, type, parts, received_at AS "receivedAt"
     FROM message WHERE org_id = $1 AND id = $2`,
    [orgId, messageId],
  );
  return rows[0];
}

/** Notes the files of a message as waiting, each once. */
export async function expectMedia(
  orgId: string,
  messageId: string,
  { conversationId, receivedAt }: MediaMessage,
  parts: readonly (MediaPart & { readonly id: string })[],
): Promise<void> {
  await pool().query(
    `INSERT INTO media (org_id, id, file_id, conversation_id, message_id, position, kind, state, file_name, provider_ref, created_at)
     SELECT $1, given.id, given.id, $2, $3, given.position, given.kind, 'waiting', given."fileName", given.ref, $4
     FROM json_to_recordset($5::json) AS given (id uuid, position smallint, kind text, "fileName" text, ref text)
     ON CONFLICT (org_id, message_id, position) DO NOTHING`,
    [orgId, conversationId, messageId, receivedAt, JSON.stringify(parts)],
  );
}

export type WaitingMedia = {
  readonly id: string;
  readonly fileId: string;
  readonly kind: MediaKind;
  readonly ref: string;
};

/** The files of a message that are still waited for. */
export async function listWaiting(orgId: string, messageId: string): Promise<WaitingMedia[]> {
  const { rows } = await pool().query<WaitingMedia>(
    `SELECT id, file_id AS "fileId", kind, provider_ref AS ref FROM media
     WHERE org_id = $1 AND message_id = $2 AND state = 'waiting' ORDER BY position`,
    [orgId, messageId],
  );
  return rows;
}

/** What is known of a stored file. */
export type FileFacts = {
  readonly kind: MediaKind;
  readonly mime: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly width: number | null;
  readonly height: number | null;
};

/** The file is there. */
export async function markStored(orgId: string, id: string, facts: FileFacts, at: Date): Promise<void> {
  await pool().query(
    `UPDATE media SET state = 'stored', problem = NULL, ended_at = $3, kind = $4, mime = $5, bytes = $6, sha256 = $7, width = $8, height = $9
     WHERE org_id = $1 AND id = $2 AND state = 'waiting'`,
    [orgId, id, at, facts.kind, facts.mime, facts.bytes, facts.sha256, facts.width, facts.height],
  );
}

/** It will not come. */
export async function markLost(
  orgId: string,
  id: string,
  lost: { readonly state: "expired" | "failed"; readonly problem: MediaProblem | null; readonly at: Date },
): Promise<void> {
  await pool().query(
    `UPDATE media SET state = $3, problem = $4, ended_at = $5 WHERE org_id = $1 AND id = $2 AND state = 'waiting'`,
    [orgId, id, lost.state, lost.problem, lost.at],
  );
}

/** It has not come yet, and why. */
export async function noteProblem(orgId: string, id: string, problem: MediaProblem): Promise<void> {
  await pool().query(`UPDATE media SET problem = $3 WHERE org_id = $1 AND id = $2 AND state = 'waiting'`, [
    orgId,
    id,
    problem,
  ]);
}

/** One file, as it is served. */
export type StoredMedia = {
  readonly id: string;
  readonly fileId: string;
  readonly kind: MediaKind;
  readonly state: MediaState;
  readonly mime: string | null;
  readonly sha256: string | null;
  readonly fileName: string | null;
  /** When its message was written, or it was uploaded. */
  readonly at: Date;
  readonly messageId: string | null;
  /** Came from a customer or was typed on the garage's phone: it can be fetched again. */
  readonly fromProvider: boolean;
};

/** A file of this organisation; undefined for another's. */
export async function findMedia(orgId: string, id: string): Promise<StoredMedia | undefined> {
  const { rows } = await pool().query<StoredMedia>(
    `SELECT f.id, f.file_id AS "fileId", f.kind, f.state, f.mime, f.sha256, f.file_name AS "fileName", coalesce(m.at, f.created_at) AS at,
            f.message_id AS "messageId", f.uploaded_by IS NULL AS "fromProvider"
     FROM media AS f LEFT JOIN message AS m ON m.org_id = f.org_id AND m.id = f.message_id
     WHERE f.org_id = $1 AND f.id = $2`,
    [orgId, id],
  );
  return rows[0];
}

/** Waits for a file that had failed once more; false where it is not failed any more. */
export async function waitAgain(tx: Queryable, orgId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE media SET state = 'waiting', problem = NULL, ended_at = NULL
     WHERE org_id = $1 AND id = $2 AND (state = 'waiting' OR (state = 'failed' AND problem <> 'too-large'))`,
    [orgId, id],
  );
  return rowCount === 1;
}
