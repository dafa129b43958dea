// What the schema engine does with whole databases: probe, create, drop.
import pg from "pg";

/**
 * The parts of a connection string, read by pg itself. The engine's adapter must get parts: beside a
 * connection string it ignores `database`, and a "shadow" database would be the real one.
 */
export function connectOptions(url) {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url });
  return { host, port, user, password, database, ssl };
}

async function withClient(options, work) {
  const client = new pg.Client(options);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const maintenance = (url) => ({ ...connectOptions(url), database: "postgres" });
const quotedName = (url) => pg.escapeIdentifier(connectOptions(url).database);

export const probeDatabase = (url) => withClient(connectOptions(url), (client) => client.query("SELECT 1"));

export const createDatabase = (url) =>
  withClient(maintenance(url), (client) => client.query(`CREATE DATABASE ${quotedName(url)}`));

export const dropDatabase = (url) =>
  withClient(maintenance(url), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${quotedName(url)} WITH (FORCE)`),
  );
