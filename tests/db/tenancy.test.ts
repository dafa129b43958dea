import { afterAll, describe, expect, test } from "vitest";
import type { Queryable } from "@/lib/db/pool";
import { closePool, pool } from "@/lib/db/pool";

afterAll(closePool);

/** What every call and every settle touches. */
const HOT = ["credit_account", "credit_lot", "ledger_entry", "interaction", "usage_daily"];

/** Its rows are an organisation's or the platform's own; nothing on the way of a call or a payment reads it. */
const ALSO_THE_PLATFORM = ["audit_act"];

/** They find the organisation: asked by a phone number, a provider's id or a link's token, before anybody knows whose it is. */
const FINDS_ORGANISATION = ["channel_number", "one_time_link", "provider_event", "stripe_payment"];

type Constraint = { table: string; name: string; type: "p" | "u" | "f"; columns: string[] };

/** Keys, unique indexes and foreign keys of every table that has an `org_id`. */
async function constraintsOfTenants(db: Queryable): Promise<Constraint[]> {
  const { rows } = await db.query<Constraint>(
    `WITH tenant AS (
       SELECT c.oid, c.relname AS "table" FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'org_id' AND NOT a.attisdropped
     ), found AS (
       SELECT t.oid, t."table", x.relname AS name, CASE WHEN i.indisprimary THEN 'p' ELSE 'u' END AS type, i.indkey::int2[] AS keys
       FROM tenant AS t JOIN pg_index AS i ON i.indrelid = t.oid JOIN pg_class AS x ON x.oid = i.indexrelid WHERE i.indisunique
       UNION ALL
       SELECT t.oid, t."table", k.conname, 'f', k.conkey FROM tenant AS t JOIN pg_constraint AS k ON k.conrelid = t.oid WHERE k.contype = 'f'
     )
     SELECT f."table", f.name, f.type, array_agg(a.attname::text ORDER BY k.place) AS columns
     FROM found AS f, unnest(f.keys) WITH ORDINALITY AS k (number, place), pg_attribute AS a
     WHERE a.attrelid = f.oid AND a.attnum = k.number GROUP BY f."table", f.name, f.type ORDER BY f."table", f.name`,
  );
  return rows;
}

/** What keeps a table from being spread over nodes by organisation. */
function faultsOf(constraints: readonly Constraint[]): string[] {
  return constraints
    .filter(({ table }) => ![...FINDS_ORGANISATION, ...ALSO_THE_PLATFORM].includes(table))
    .flatMap(({ table, name, type, columns }) => {
      const on = `${table}.${name} (${columns.join(", ")})`;
      if (type === "p" && columns[0] !== "org_id")
        return [`${on}: a primary key that does not lead with org_id`];
      if (type === "u" && !columns.includes("org_id")) return [`${on}: unique without org_id`];
      if (type === "f" && HOT.includes(table)) return [`${on}: a foreign key on a hot table`];
      if (type === "f" && !columns.includes("org_id"))
        return [`${on}: a foreign key that may leave the organisation`];
      return [];
    });
}

test("everything of an organisation is keyed by it first, and the hot tables have no foreign keys", async () => {
  const constraints = await constraintsOfTenants(pool());
  const keyed = constraints.filter(({ type }) => type === "p").map(({ table }) => table);
  for (const table of [...HOT, ...FINDS_ORGANISATION, ...ALSO_THE_PLATFORM]) expect(keyed).toContain(table);
  expect(faultsOf(constraints)).toEqual([]);
});

test("the ledger names its idempotency keys within the organisation", async () => {
  const constraints = await constraintsOfTenants(pool());
  const columnsOf = (name: string) => constraints.find((constraint) => constraint.name === name)?.columns;
  expect(columnsOf("interaction_pkey")).toEqual(["org_id", "channel", "provider_ref"]);
  expect(columnsOf("credit_lot_one_per_source")).toEqual(["org_id", "source_key"]);
  expect(columnsOf("ledger_entry_once_per_cause")).toEqual(["cause", "org_id", "kind", "lot_id"]);
});

describe("a table that breaks the rule is found", () => {
  test.each([
    [
      "CREATE TABLE stray (id uuid PRIMARY KEY, org_id uuid)",
      "stray.stray_pkey (id): a primary key that does not lead with org_id",
    ],
    [
      "CREATE TABLE stray (org_id uuid PRIMARY KEY, slug text UNIQUE)",
      "stray.stray_slug_key (slug): unique without org_id",
    ],
    [
      "CREATE UNIQUE INDEX stray ON credit_lot (source_key) WHERE open",
      "credit_lot.stray (source_key): unique without org_id",
    ],
    [
      "ALTER TABLE usage_daily ADD CONSTRAINT stray FOREIGN KEY (org_id) REFERENCES organization (id)",
      "usage_daily.stray (org_id): a foreign key on a hot table",
    ],
    [
      `ALTER TABLE call_back ADD COLUMN who uuid REFERENCES "user" (id)`,
      "call_back.call_back_who_fkey (who): a foreign key that may leave the organisation",
    ],
  ])("%s", async (change, fault) => {
    const client = await pool().connect();
    try {
      await client.query("BEGIN");
      await client.query(change);
      expect(faultsOf(await constraintsOfTenants(client))).toEqual([fault]);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});
