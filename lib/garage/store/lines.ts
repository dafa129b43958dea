import type { LadderLevel } from "@/lib/calls/core/latency-ladder";
import { pool } from "@/lib/db/pool";
import { type Line, NEUTRAL_PERSONA, readSettings } from "../persona";

type Row = {
  identity: string;
  org_id: string;
  org_name: string;
  phone: string | null;
  portal_url: string | null;
  services: string[];
  hours: string | null;
  assistant_name: string | null;
  greeting: string | null;
  instructions: string | null;
  voice: unknown;
  transcriber: unknown;
  model: string | null;
  fast_model: string | null;
  latency_level: number | null;
};

const SELECT = `
  SELECT n.identity, o.id AS org_id, o.name AS org_name, o.phone, o.portal_url, o.services, o.hours,
         p.assistant_name, p.greeting, p.instructions, p.voice, p.transcriber, p.model, p.fast_model, p.latency_level
  FROM channel_number AS n
  JOIN organization AS o ON o.id = n.org_id
  LEFT JOIN voice_persona AS p ON p.org_id = n.org_id
  WHERE n.channel = 'voice'`;

export type KnownLine = { readonly identity: string; readonly line: Line };

/** The garages behind these identities (numbers or the provider's ids), in no order. */
export async function findLines(identities: readonly string[]): Promise<KnownLine[]> {
  const { rows } = await pool().query<Row>(`${SELECT} AND n.identity = ANY ($1::text[])`, [identities]);
  return rows.map(toLine);
}

/** Every line there is, to start a process with. */
export async function listLines(): Promise<KnownLine[]> {
  const { rows } = await pool().query<Row>(SELECT);
  return rows.map(toLine);
}

function toLine(row: Row): KnownLine {
  const neutral = NEUTRAL_PERSONA;
  return {
    identity: row.identity,
    line: {
      orgId: row.org_id,
      orgName: row.org_name,
      phone: row.phone ?? undefined,
      portalUrl: row.portal_url ?? undefined,
      services: row.services,
      hours: row.hours ?? undefined,
      persona: {
        assistantName: row.assistant_name ?? neutral.assistantName,
        greeting: row.greeting ?? `Thank you for calling ${row.org_name}. How can I help?`,
        instructions: row.instructions ?? neutral.instructions,
        voice: readSettings(row.voice, neutral.voice),
        transcriber: readSettings(row.transcriber, neutral.transcriber),
        model: row.model ?? neutral.model,
        fastModel: row.fast_model ?? neutral.fastModel,
      },
      ladderLevel: toLadderLevel(row.latency_level),
    },
  };
}

export const toLadderLevel = (level: number | null): LadderLevel => (level === 1 || level === 2 ? level : 0);
