import { getAuthTables } from "better-auth/db";
import { afterAll, expect, it } from "vitest";
import { auth } from "@/lib/auth/auth";
import { closePool, pool } from "@/lib/db/pool";

afterAll(closePool);

it("every table and field that better-auth writes stands in the database", async () => {
  const { rows } = await pool().query(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns WHERE table_schema = 'public'`,
  );
  const columns = new Set(rows.map((row) => `${row.table}.${row.column}`));
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const wanted = Object.values(getAuthTables(auth().options)).flatMap((table) =>
    Object.keys(table.fields).map((field) => `${snake(table.modelName)}.${snake(field)}`),
  );
  expect(wanted.length).toBeGreaterThan(30);
  expect(wanted.filter((column) => !columns.has(column))).toEqual([]);
});
