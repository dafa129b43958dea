import { pool } from "@/lib/db/pool";
import { readHours } from "../garage-hours";
import { greetingOf, NEUTRAL_PERSONA, readSettings } from "../persona";
import { ownNumbers, type PhoneLine } from "../phone-line";

type LineRow = {
  identity: string;
  org_id: string;
  org_name: string;
  phone: string | null;
  portal_url: string | null;
  services: string[];
  hours: string | null;
  opening_hours: unknown;
  closures: unknown;
  identities: string[];
};

type PersonaRow = {
  org_id: string;
  assistant_name: string | null;
  greeting: string | null;
  instructions: string | null;
  voice: unknown;
  transcriber: unknown;
  model: string | null;
  fast_model: string | null;
  language: string | null;
  may_book: boolean | null;
  may_look_up: boolean | null;
  latency_level: PhoneLine["latencyLevel"] | null;
};

const LINES = `
  SELECT n.identity, o.id AS org_id, o.name AS org_name, o.phone, o.portal_url, o.services, o.hours, o.opening_hours, o.closures,
         ARRAY(SELECT own.identity FROM channel_number AS own WHERE own.org_id = o.id) AS identities
  FROM channel_number AS n JOIN organization AS o ON o.id = n.org_id
  WHERE n.channel = 'voice' AND n.connected_at IS NOT NULL`;

export type KnownLine = { readonly identity: string; readonly line: PhoneLine };

/** The garages behind these identities (numbers or the provider's ids), in no order. */
export async function findLines(identities: readonly string[]): Promise<KnownLine[]> {
  const { rows } = await pool().query<LineRow>(`${LINES} AND n.identity = ANY ($1::text[])`, [identities]);
  return withPersonas(rows);
}

/** Every line there is, to start a process with. */
export async function listLines(): Promise<KnownLine[]> {
  const { rows } = await pool().query<LineRow>(LINES);
  return withPersonas(rows);
}

/**
 * Asked apart from the lines: a persona lies with its organisation, a line where organisations are looked up. The
 * ladder is written by calls; it is read here so that an answer needs no query of its own for it.
 */
async function withPersonas(lines: readonly LineRow[]): Promise<KnownLine[]> {
  if (lines.length === 0) return [];
  const { rows } = await pool().query<PersonaRow>(
    `SELECT org_id, p.assistant_name, p.greeting, p.instructions, p.voice, p.transcriber, p.model, p.fast_model,
            p.language, p.may_book, p.may_look_up,
            l.level AS latency_level
     FROM (SELECT * FROM voice_persona WHERE org_id = ANY ($1::uuid[])) AS p
     FULL JOIN (SELECT org_id, level FROM latency_ladder WHERE org_id = ANY ($1::uuid[])) AS l USING (org_id)`,
    [[...new Set(lines.map((line) => line.org_id))]],
  );
  const personas = new Map(rows.map((row) => [row.org_id, row]));
  return lines.map((line) => toLine(line, personas.get(line.org_id)));
}

function toLine(row: LineRow, persona: PersonaRow | undefined): KnownLine {
  const neutral = NEUTRAL_PERSONA;
  return {
    identity: row.identity,
    line: {
      orgId: row.org_id,
      orgName: row.org_name,
      phone: row.phone ?? undefined,
      portalUrl: row.portal_url ?? undefined,
      services: row.services,
      hours: readHours({ openingHours: row.opening_hours, closures: row.closures, hours: row.hours }),
      persona: {
        assistantName: persona?.assistant_name ?? neutral.assistantName,
        greeting: persona?.greeting ?? greetingOf(row.org_name),
        instructions: persona?.instructions ?? neutral.instructions,
        voice: readSettings(persona?.voice, neutral.voice),
        transcriber: readSettings(persona?.transcriber, neutral.transcriber),
        model: persona?.model ?? neutral.model,
        fastModel: persona?.fast_model ?? neutral.fastModel,
        language: persona?.language ?? neutral.language,
        mayBook: persona?.may_book ?? neutral.mayBook,
        mayLookUp: persona?.may_look_up ?? neutral.mayLookUp,
      },
      latencyLevel: persona?.latency_level ?? 0,
      ownNumbers: ownNumbers(row.phone, row.identities),
    },
  };
}
