import type { Client } from "pg";

/**
 * What `prisma migrate diff` does not compare, read back from the database: functions, triggers, constraints,
 * indexes, enums and storage options of schema public. Each query returns one definition a row, sorted.
 */
const SECTIONS: [title: string, query: string][] = [
  [
    "Enums",
    `SELECT format('CREATE TYPE %I AS ENUM (%s)', t.typname,
            string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)) AS definition
       FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
      WHERE t.typnamespace = 'public'::regnamespace
      GROUP BY t.typname ORDER BY t.typname COLLATE "C"`,
  ],
  [
    "Domains",
    `SELECT format('CREATE DOMAIN %I AS %s %s', t.typname, format_type(t.typbasetype, t.typtypmod),
            concat_ws(' ', string_agg(pg_get_constraintdef(c.oid), ' ' ORDER BY c.conname COLLATE "C"))) AS definition
       FROM pg_type t LEFT JOIN pg_constraint c ON c.contypid = t.oid
      WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'd'
      GROUP BY t.typname, t.typbasetype, t.typtypmod ORDER BY t.typname COLLATE "C"`,
  ],
  [
    "Storage options",
    `SELECT format('ALTER %s %I SET (%s)', CASE c.relkind WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END, c.relname,
            (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(c.reloptions) AS o)) AS definition
       FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.reloptions IS NOT NULL
      ORDER BY c.relname COLLATE "C"`,
  ],
  [
    "Constraints",
    `SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname,
            pg_get_constraintdef(c.oid)) AS definition
       FROM pg_constraint c
      WHERE c.connamespace = 'public'::regnamespace AND c.conrelid <> 0 AND c.contype <> 'n'
      ORDER BY c.conrelid::regclass::text COLLATE "C", c.conname COLLATE "C"`,
  ],
  [
    "Indexes",
    `SELECT pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' -- INVALID' END AS definition
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE c.relnamespace = 'public'::regnamespace
      ORDER BY c.relname COLLATE "C"`,
  ],
  [
    "Functions",
    `SELECT pg_get_functiondef(p.oid) AS definition
       FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
      ORDER BY p.proname COLLATE "C", pg_get_function_identity_arguments(p.oid) COLLATE "C"`,
  ],
  [
    "Triggers",
    `SELECT pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' -- enabled: ' || t.tgenabled::text END
              AS definition
       FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
      ORDER BY c.relname COLLATE "C", t.tgname COLLATE "C"`,
  ],
  [
    "Views",
    `SELECT format('CREATE VIEW %I AS %s', c.relname, pg_get_viewdef(c.oid)) AS definition
       FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')
      ORDER BY c.relname COLLATE "C"`,
  ],
];

const HEADER = `-- What the migrations make of schema public, beyond columns: functions, triggers, constraints, indexes.
-- Written by \`npm run catalog\`; a test compares it with the database. Not to be edited or run.
`;

const PRISMA_OWN = /\b_prisma_migrations\b/;

/** One block a definition, ended by a semicolon, without trailing blanks. */
const normalise = (definition: string) =>
  definition
    .trim()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/;?$/, ";");

/** Each function of schema public as the server stores it, by name. */
export async function functionDefinitions(client: Pick<Client, "query">): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT proname AS name, pg_get_functiondef(oid) AS definition FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p') ORDER BY proname COLLATE "C"`,
  );
  return new Map(rows.map(({ name, definition }) => [name, definition]));
}

export async function dumpCatalog(client: Pick<Client, "query">): Promise<string> {
  // Without a search path every name from another schema is printed in full, on every machine alike.
  await client.query("SET search_path = public");
  const parts = [HEADER];
  for (const [title, query] of SECTIONS) {
    const { rows } = await client.query<{ definition: string }>(query);
    const definitions = rows.map((row) => normalise(row.definition)).filter((text) => !PRISMA_OWN.test(text));
    if (definitions.length > 0) parts.push(`-- ${title}\n\n${definitions.join("\n")}\n`);
  }
  return parts.join("\n");
}
