import { Client, escapeIdentifier } from "pg";

/** A second database with the same schema and rows, made while nobody is connected to the first. Returns its URL. */
export async function cloneDatabase(databaseUrl: string, suffix: string): Promise<string> {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  const clone = `${name}_${suffix}`;
  url.pathname = "/postgres";
  const admin = new Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(clone)} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${escapeIdentifier(clone)} TEMPLATE ${escapeIdentifier(name)}`);
  await admin.end();
  url.pathname = `/${clone}`;
  return url.href;
}
