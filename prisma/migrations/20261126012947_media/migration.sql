-- Pictures, voice notes, video, documents and stickers of messages: what is known of each file, and how far it has come. The
-- bytes themselves are in a folder (lib/files), under the organisation and `file_id`.
-- Messages that are stored already get their rows here. Providers keep media for seven days: what is older is lost.
-- Locks: none that anybody waits for, the table is new; the messages are only read. Undo: drop the table, remove the waiting
-- `fetch-media` jobs, and the folder.

CREATE TABLE media (
    org_id UUID NOT NULL,
    id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    message_id UUID,
    position SMALLINT NOT NULL DEFAULT 0,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT,
    file_id UUID NOT NULL,
    mime TEXT,
    bytes INTEGER,
    sha256 TEXT,
    width INTEGER,
    height INTEGER,
    file_name TEXT,
    provider_ref TEXT,
    uploaded_by UUID,
    created_at TIMESTAMPTZ(3) NOT NULL,
    ended_at TIMESTAMPTZ(3),
    CONSTRAINT media_pkey PRIMARY KEY (org_id, id),
    CONSTRAINT media_kind_known CHECK (kind IN ('image', 'video', 'audio', 'document', 'sticker')),
    CONSTRAINT media_state_known CHECK (state IN ('waiting', 'stored', 'expired', 'failed', 'removed')),
    CONSTRAINT media_ended_with_state CHECK ((state = 'waiting') = (ended_at IS NULL)),
    CONSTRAINT media_stored_is_described CHECK (state <> 'stored' OR (mime IS NOT NULL AND bytes IS NOT NULL AND sha256 IS NOT NULL)),
    CONSTRAINT media_failed_for_a_reason CHECK (state <> 'failed' OR problem IS NOT NULL),
    CONSTRAINT media_from_somewhere CHECK (provider_ref IS NOT NULL OR uploaded_by IS NOT NULL)
);
CREATE UNIQUE INDEX media_once_per_message ON media (org_id, message_id, position);
-- What still has to be fetched; and what may be removed, by its age.
CREATE INDEX media_waiting ON media (created_at) WHERE state = 'waiting';
CREATE INDEX media_stored ON media (ended_at) WHERE state = 'stored';

INSERT INTO media (org_id, id, conversation_id, message_id, position, kind, state, file_id, provider_ref, created_at, ended_at)
SELECT m.org_id, made.id, m.conversation_id, m.id, item.ord - 1,
       CASE WHEN m.type = 'echo' THEN m.parts -> 'echo' ->> 'type' ELSE m.type END,
       CASE WHEN m.received_at > now() - interval '7 days' THEN 'waiting' ELSE 'expired' END, made.id,
       coalesce(item.part ->> 'id', item.part ->> 'url'), m.received_at,
       CASE WHEN m.received_at > now() - interval '7 days' THEN NULL ELSE now() END
FROM message AS m
CROSS JOIN LATERAL jsonb_array_elements(m.parts -> 'media') WITH ORDINALITY AS item (part, ord)
CROSS JOIN LATERAL (SELECT gen_random_uuid() AS id WHERE m.id IS NOT NULL) AS made
WHERE jsonb_typeof(m.parts -> 'media') = 'array' AND m.type NOT IN ('edit', 'revoke')
  AND CASE WHEN m.type = 'echo' THEN m.parts -> 'echo' ->> 'type' ELSE m.type END IN ('image', 'video', 'audio', 'document', 'sticker')
  AND coalesce(item.part ->> 'id', item.part ->> 'url') IS NOT NULL;
