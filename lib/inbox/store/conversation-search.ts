import { pool } from "@/lib/db/pool";
import type { NumberForms } from "../core/search-forms";
import type { Arguments } from "./sql-arguments";

/** A word that was searched for. `stem`: as PostgreSQL's English dictionary has it, null for words that it leaves out. */
type Term = {
  readonly word: string;
  readonly stem: string | null;
  /** Somebody may still be typing it: what begins like it is meant too. */
  readonly isLast: boolean;
  /** How often its forms stand in conversations, counted up to `RARE`. */
  readonly hits: number;
};

/** What a search looks for, and where it begins: all words, or a number, or one of these numbers. */
export type Found = {
  readonly terms: readonly Term[];
  /** All words without spaces between them: registrations are written either way. */
  readonly joined: string | null;
  readonly number: NumberForms | undefined;
  readonly phones: readonly string[];
  /** So few conversations can match that they are read from the index of words or numbers, not from the list. */
  readonly isRare: boolean;
};

/**
 * Up to so many hits are fetched and sorted. What is found more often than that is found soon by walking down the list:
 * both take about as long here, when a garage has a hundred thousand conversations.
 */
const RARE = 2_000;
const MOST_TERMS = 8;
/** A garage's new messages since the worker last kept their words: more are left to it. */
const MOST_AT_A_SEARCH = 500;

/** Keeps the words of an organisation's latest messages; answers how many it took. */
export async function indexMessages(orgId: string, most = MOST_AT_A_SEARCH): Promise<number> {
  const { rows } = await pool().query<{ taken: number }>(`SELECT search_index($1, $2) AS taken`, [
    orgId,
    most,
  ]);
  return rows[0]?.taken ?? 0;
}

/** The organisations with messages whose words are not kept yet. */
export async function listUnindexed(): Promise<string[]> {
  const { rows } = await pool().query<{ orgId: string }>(
    `SELECT DISTINCT org_id AS "orgId" FROM message_unindexed ORDER BY org_id`,
  );
  return rows.map(({ orgId }) => orgId);
}

/** Looks how often what is searched for can be found, which decides how it is searched. */
export async function lookFor(
  orgId: string,
  text: string,
  { number, phones }: Pick<Found, "number" | "phones">,
): Promise<Found> {
  const [terms, numbers] = await Promise.all([readTerms(orgId, text), countNumbers(orgId, number)]);
  const told = terms.filter(({ stem }) => stem !== null);
  const words = told.length > 0 ? told : terms.slice(-1);
  const rarest = Math.min(...words.map(({ hits }) => hits));
  return {
    terms: words,
    joined: terms.length > 1 && terms.length <= 3 ? terms.map(({ word }) => word).join("") : null,
    number,
    phones,
    isRare: rarest < RARE && numbers < RARE,
  };
}

async function readTerms(orgId: string, text: string): Promise<Term[]> {
  const { rows } = await pool().query<Term>(
    `SELECT t.word, t.stem, t.nth = t.all AS "isLast", ((
         SELECT count(*) FROM (SELECT FROM conversation_word AS w WHERE w.org_id = $1 AND w.word = ANY (ARRAY[t.word, t.stem]) LIMIT $3) AS exact
       ) + (
         SELECT count(*) FROM (SELECT FROM conversation_word AS w WHERE w.org_id = $1 AND t.nth = t.all
           AND w.word >= t.word AND w.word < t.word || U&'\\+10FFFF' LIMIT $3) AS begun
       ))::int AS hits
     FROM (
       SELECT left(word, 64) AS word, (ts_lexize('english_stem', left(word, 64)))[1] AS stem, nth, count(*) OVER () AS "all"
       FROM (SELECT * FROM unnest(search_words($2)) WITH ORDINALITY AS typed (word, nth) LIMIT $4) AS typed
     ) AS t ORDER BY t.nth`,
    [orgId, text, RARE, MOST_TERMS],
  );
  return rows;
}

async function countNumbers(orgId: string, number: NumberForms | undefined): Promise<number> {
  if (!number) return 0;
  const values = [orgId, number.beginnings, number.endReversed, RARE];
  const { rows } = await pool().query<{ hits: number }>(
    `SELECT ((SELECT count(*) FROM (SELECT FROM unnest($2::text[]) AS beginning JOIN contact AS k ON k.org_id = $1
         AND k.phone ~>=~ beginning AND k.phone ~<~ (beginning || ':') LIMIT $4) AS begun)
       + (SELECT count(*) FROM (SELECT FROM contact AS k WHERE k.org_id = $1
         AND reverse(k.phone) ~>=~ $3::text AND reverse(k.phone) ~<~ ($3::text || ':') LIMIT $4) AS ended))::int AS hits`,
    values,
  );
  return rows[0]?.hits ?? 0;
}

/** Whether conversation `c` is found: checked one by one, or for the few that the indexes name. */
export function matching(found: Found, arg: Arguments["arg"]): string {
  const ways = [
    ...(found.terms.length > 0 ? [found.terms.map((term) => says(term, arg)).join(" AND ")] : []),
    ...(found.joined === null ? [] : [`(${saysExactly([found.joined], arg)})`]),
    ...hasNumber(found, arg),
  ].map((way) => `(${way})`);
  const isFound = ways.length > 0 ? `(${ways.join(" OR ")})` : "false";
  return found.isRare ? `c.id IN (${candidates(found, arg)}) AND ${isFound}` : isFound;
}

/** A word begins so, in bytes: digits and letters come before this sign. */
const begins = (term: Term, arg: Arguments["arg"]): string =>
  `w.word >= ${arg(term.word)}::text AND w.word < ${arg(term.word)}::text || U&'\\+10FFFF'`;

const formsOf = ({ word, stem }: Term): string[] => (stem === null ? [word] : [word, stem]);

/** A subquery with one row is asked for each conversation: EXISTS would be turned into a list of all that have the word. */
const asked = (condition: string): string =>
  `(SELECT true FROM conversation_word AS w WHERE w.org_id = c.org_id AND w.conversation_id = c.id AND ${condition} LIMIT 1)`;

const saysExactly = (forms: readonly string[], arg: Arguments["arg"]): string =>
  asked(`w.word = ANY (${arg(forms)}::text[])`);

function says(term: Term, arg: Arguments["arg"]): string {
  const exactly = saysExactly(formsOf(term), arg);
  return term.isLast ? `(${exactly} OR ${asked(begins(term, arg))})` : exactly;
}

function numberConditions({ number, phones }: Found, arg: Arguments["arg"]): string[] {
  const between = (column: string, beginning: string) =>
    `${column} ~>=~ ${arg(beginning)}::text AND ${column} ~<~ ${arg(`${beginning}:`)}::text`;
  return [
    ...(number?.beginnings ?? []).map((beginning) => between("k.phone", beginning)),
    ...(number?.endReversed ? [between("reverse(k.phone)", number.endReversed)] : []),
    ...(phones.length > 0 ? [`k.phone = ANY (${arg(phones)}::text[])`] : []),
  ];
}

const hasNumber = (found: Found, arg: Arguments["arg"]): string[] =>
  numberConditions(found, arg).map(
    (condition) =>
      `(SELECT true FROM contact AS k WHERE k.org_id = c.org_id AND k.id = c.contact_id AND ${condition})`,
  );

/** A contact's conversation, looked up for each: how many numbers end alike is guessed too high, and a join would read all. */
const OF_CONTACT = "(SELECT v.id FROM conversation AS v WHERE v.org_id = k.org_id AND v.contact_id = k.id)";

/** The conversations that the rarest word, all words in one, or a number name. */
function candidates(found: Found, arg: Arguments["arg"]): string {
  const rarest = [...found.terms].sort((a, b) => a.hits - b.hits)[0];
  const saying = (condition: string) =>
    `SELECT w.conversation_id FROM conversation_word AS w WHERE w.org_id = $1 AND ${condition}`;
  const lists = [
    ...(rarest ? [saying(`w.word = ANY (${arg(formsOf(rarest))}::text[])`)] : []),
    ...(rarest?.isLast ? [saying(begins(rarest, arg))] : []),
    ...(found.joined === null ? [] : [saying(`w.word = ${arg(found.joined)}`)]),
    ...numberConditions(found, arg).map(
      (condition) => `SELECT ${OF_CONTACT} FROM contact AS k WHERE k.org_id = $1 AND ${condition}`,
    ),
  ];
  return lists.length > 0 ? lists.join(" UNION ") : "SELECT NULL::uuid WHERE false";
}
