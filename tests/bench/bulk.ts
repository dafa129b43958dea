import { Client } from "pg";
import { env } from "@/lib/shared/env";

/** A connection of its own for what loads millions of rows: the pool gives up on a query after seconds. */
export async function withBulkClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
