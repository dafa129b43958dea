import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { percentile } from "./statistics";

/** The least work PostgreSQL can do for "take credits and keep a record". */
const TAKE = `WITH u AS (UPDATE bench_floor.acct SET balance = balance - :d WHERE id = :id RETURNING balance),
 i AS (INSERT INTO bench_floor.led (account_id, amount) VALUES (:id, :d)) SELECT balance FROM u;`;

const SCRIPTS = {
  hot: `\\set id 1\n\\set d random(1, 50)\n${TAKE}\n`,
  uniform: `\\set id random(1, 1000)\n\\set d random(1, 50)\n${TAKE}\n`,
  select: "\\set id random(1, 1000)\nSELECT balance FROM bench_floor.acct WHERE id = :id;\n",
};

export type FloorRun = {
  readonly script: keyof typeof SCRIPTS;
  readonly clients: number;
  readonly seconds: number;
  readonly over: "socket" | "tcp";
  /** Logging every transaction costs pgbench something, so only where the percentile is wanted. */
  readonly percentiles?: boolean;
};

export type Floor = { readonly perSecond: number; readonly p99Ms: number };

export const hasPgbench = (): boolean => spawnSync("pgbench", ["--version"]).status === 0;

export async function createFloor(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`
    DROP SCHEMA IF EXISTS bench_floor CASCADE;
    CREATE SCHEMA bench_floor;
    CREATE TABLE bench_floor.acct (id bigint PRIMARY KEY, balance bigint NOT NULL) WITH (fillfactor = 45);
    CREATE TABLE bench_floor.led (account_id bigint NOT NULL, amount bigint NOT NULL);
    INSERT INTO bench_floor.acct SELECT id, 1000000000000 FROM generate_series(1, 1000) AS id;`);
  await client.query("VACUUM ANALYZE bench_floor.acct");
  await client.end();
}

/** One pgbench run: prepared statements, one thread a core, every transaction durable. */
export async function runFloor(databaseUrl: string, run: FloorRun): Promise<Floor> {
  const directory = mkdtempSync(path.join(os.tmpdir(), "torqueflow-floor-"));
  try {
    writeFileSync(path.join(directory, "floor.sql"), SCRIPTS[run.script]);
    const threads = String(Math.min(run.clients, os.availableParallelism()));
    const options = [
      "-n",
      "-M",
      "prepared",
      "-c",
      String(run.clients),
      "-j",
      threads,
      "-T",
      String(run.seconds),
    ];
    if (run.percentiles) options.push("-l");
    const output = await pgbench(
      [...options, "-f", "floor.sql"],
      directory,
      connection(databaseUrl, run.over),
    );
    return {
      perSecond: Number(/^tps = ([\d.]+)/m.exec(output)?.[1]),
      p99Ms: percentile(readLatencies(directory), 0.99),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function connection(databaseUrl: string, over: FloorRun["over"]): NodeJS.ProcessEnv {
  const url = new URL(databaseUrl);
  const { BENCH_PG_SOCKET_DIR = url.hostname, BENCH_PG_PORT = url.port } = process.env;
  return {
    ...process.env,
    PGHOST: over === "socket" ? BENCH_PG_SOCKET_DIR : url.hostname,
    PGPORT: over === "socket" ? BENCH_PG_PORT : url.port,
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: url.pathname.slice(1),
  };
}

/** pgbench's transaction log: client, transaction, microseconds, … */
function readLatencies(directory: string): number[] {
  return readdirSync(directory)
    .filter((name) => name.startsWith("pgbench_log."))
    .flatMap((name) => readFileSync(path.join(directory, name), "utf8").trim().split("\n"))
    .map((line) => Number(line.split(" ")[2]) / 1_000);
}

function pgbench(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("pgbench", args, { cwd, env });
    const output: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(output.join("")) : reject(new Error(output.join(""))),
    );
  });
}
