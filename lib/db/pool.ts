import { Pool, type PoolClient, types } from "pg";
import { env } from "@/lib/shared/env";
import { logger } from "@/lib/shared/logger";
import { processWide } from "@/lib/shared/process-wide";

const BIGINT = 20;
const DATE = 1082;
/** Counted here and not by the server, whose own setting a pooler may refuse. */
const QUERY_TIMEOUT_MS = 20_000;

/** bigint columns become bigint, dates stay text: neither fits a JavaScript number or an instant. */
const parsers = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === BIGINT && format !== "binary") return (text: string) => BigInt(text);
    if (oid === DATE && format !== "binary") return (text: string) => text;
    return types.getTypeParser(oid, format);
  },
} as typeof types;

/** So many are kept however long nothing comes: the first call after a quiet hour need not wait for one. */
export const WARM_CONNECTIONS = 4;

/** What a store needs: the pool, or one client inside a transaction. */
export type Queryable = Pick<Pool | PoolClient, "query">;

const held = processWide<{ pool?: Pool }>("database-pool", () => ({}));

/** One pool per process, shared by SQL and Prisma. An idle client that dies is replaced, not fatal. */
export function pool(): Pool {
  const database = held();
  database.pool ??= open();
  return database.pool;
}

function open(): Pool {
  const opened = new Pool({
    connectionString: env().DATABASE_URL,
    min: WARM_CONNECTIONS,
    max: env().DATABASE_POOL_SIZE,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: QUERY_TIMEOUT_MS,
    types: parsers,
  });
  opened.on("error", (error) => logger().warn({ err: error }, "database connection lost"));
  return opened;
}

export async function closePool(): Promise<void> {
  const { pool: opened } = held();
  delete held().pool;
  await opened?.end();
}

/** Named prepared statements work on a direct connection only, not through a transaction-mode pooler. */
export function preparedName(name: string): { name?: string } {
  const { DATABASE_URL, DIRECT_URL } = env();
  return DIRECT_URL === undefined || DIRECT_URL === DATABASE_URL ? { name } : {};
}
