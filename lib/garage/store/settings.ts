import { pool, type Queryable } from "@/lib/db/pool";
import type { Closure, WeekHours } from "../core/opening-hours";

export type StoredProfile = {
  readonly name: string;
  readonly phone: string | null;
  readonly portalUrl: string | null;
  readonly services: readonly string[];
  readonly openingHours: unknown;
  readonly closures: unknown;
  readonly hours: string | null;
  readonly version: number;
};

const PROFILE = `SELECT name, phone, portal_url AS "portalUrl", services, opening_hours AS "openingHours", closures, hours,
  profile_version AS version FROM organization WHERE id = $1`;

/** What a garage says of itself. */
export async function readProfile(orgId: string): Promise<StoredProfile | undefined> {
  const { rows } = await pool().query<StoredProfile>(PROFILE, [orgId]);
  return rows[0];
}

/** The same, locked until the end of the transaction. */
export async function lockProfile(tx: Queryable, orgId: string): Promise<StoredProfile | undefined> {
  const { rows } = await tx.query<StoredProfile>(`${PROFILE} FOR NO KEY UPDATE`, [orgId]);
  return rows[0];
}

export type NewProfile = {
  readonly name: string;
  readonly phone: string | null;
  readonly portalUrl: string | null;
  readonly services: readonly string[];
  readonly week: WeekHours | null;
  readonly closures: readonly Closure[];
  readonly written: string | null;
};

/** Stores what a garage says of itself, as the next version. */
export async function saveProfile(tx: Queryable, orgId: string, profile: NewProfile): Promise<void> {
  await tx.query(
    `UPDATE organization SET name = $2, phone = $3, portal_url = $4, services = $5, opening_hours = $6, closures = $7, hours = $8,
       profile_version = profile_version + 1 WHERE id = $1`,
    [
      orgId,
      profile.name,
      profile.phone,
      profile.portalUrl,
      profile.services,
      profile.week && JSON.stringify(profile.week),
      JSON.stringify(profile.closures),
      profile.written,
    ],
  );
}

export type StoredPersona = {
  readonly assistantName: string;
  readonly greeting: string;
  readonly instructions: string;
  readonly voice: unknown;
  readonly transcriber: unknown;
  readonly model: string;
  readonly fastModel: string;
  readonly language: string;
  readonly mayBook: boolean;
  readonly mayLookUp: boolean;
  readonly version: number;
};

const PERSONA = `SELECT assistant_name AS "assistantName", greeting, instructions, voice, transcriber, model, fast_model AS "fastModel",
  language, may_book AS "mayBook", may_look_up AS "mayLookUp", version FROM voice_persona WHERE org_id = $1`;

/** How a garage's assistant is; undefined where it was never set up. Within `tx` where there is one, and then locked. */
export async function readPersona(orgId: string, tx?: Queryable): Promise<StoredPersona | undefined> {
  const { rows } = await (tx ?? pool()).query<StoredPersona>(tx ? `${PERSONA} FOR UPDATE` : PERSONA, [orgId]);
  return rows[0];
}

/** Stores how a garage's assistant is, as the next version; the garage itself has been locked. */
export async function savePersonaRow(
  tx: Queryable,
  orgId: string,
  persona: Omit<StoredPersona, "version">,
): Promise<void> {
  await tx.query(
    `INSERT INTO voice_persona AS p (org_id, assistant_name, greeting, instructions, voice, transcriber, model, fast_model,
       language, may_book, may_look_up, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)
     ON CONFLICT (org_id) DO UPDATE SET assistant_name = excluded.assistant_name, greeting = excluded.greeting,
       instructions = excluded.instructions, voice = excluded.voice, transcriber = excluded.transcriber, model = excluded.model,
       fast_model = excluded.fast_model, language = excluded.language, may_book = excluded.may_book,
       may_look_up = excluded.may_look_up, version = p.version + 1`,
    [
      orgId,
      persona.assistantName,
      persona.greeting,
      persona.instructions,
      JSON.stringify(persona.voice),
      JSON.stringify(persona.transcriber),
      persona.model,
      persona.fastModel,
      persona.language,
      persona.mayBook,
      persona.mayLookUp,
    ],
  );
}
