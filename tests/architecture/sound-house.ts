// Without a base, paths would be looked for from where the tests run.
const TSCONFIG = JSON.stringify({
  compilerOptions: { module: "esnext", moduleResolution: "bundler", baseUrl: ".", paths: { "@/*": ["./*"] } },
  include: ["**/*.ts"],
});

const lines = (count: number) => "export const line = 1;\n".repeat(count);

/** A house without a fault. It has what looks like one and is none. */
export const SOUND: Readonly<Record<string, string>> = {
  "tsconfig.json": TSCONFIG,
  "instrumentation.ts": `if (process.env.NEXT_RUNTIME === "nodejs") await import("./lib/jobs/start");`,
  "app/billing/page.tsx": `import { grant } from "@/lib/credits/grant";
    import type { Decision } from "@/lib/credits/core/decide";
    // As good as any other, and nothing to do later.
    export const text = "Select a pack from the list"; export default (): Decision => grant();`,
  "app/api/grants/route.ts": `import { memberRoute, webhook } from "@/lib/http/doors"; export const dynamic = "force-dynamic";
    const helper = () => 1; export const GET = memberRoute("grants", { act: helper }); export const POST = webhook("grants", helper);`,
  "app/billing/actions.ts": `"use server"; import { memberAction } from "@/lib/http/doors"; export type Done = object;
    export const buy = memberAction("buy", {});`,
  "tests/e2e/gone.test.ts": `expect(await rows.count()).toBe(0); expect(await body.innerText()).not.toMatch(/late/);
    await expect.poll(() => rows.count()).toBe(2);`,
  "components/banner.tsx": `import type { Lot } from "@/lib/credits/store/lots"; export const Banner = (lot: Lot) => lot;`,
  "components/locks.ts": "export const held = () => navigator.locks.query();",
  "components/row.tsx": `export const Row = ({ n, children }: { n: number; children: object }) => (
    <p> {/* a word about it */} <b>{n + "% left"}</b>{" "} {n > 1 && <i>{String(n)}</i>} {children} </p>);`,
  "lib/billing/stripe.ts": `import { grant } from "@/lib/credits/grant"; export type Stripe = object; grant();`,
  "lib/auth/context.ts": `import { newId } from "@/lib/shared/ids"; export const ctx = newId;`,
  "lib/auth/auth.ts": `import type { Test } from "vitest"; export type T = Test; import { betterAuth } from "better-auth"; export const auth = betterAuth;`,
  "lib/auth/session.ts": `import { headers } from "next/headers"; export const signIn = headers;`,
  "lib/credits/balance-cache.ts": "export const dropCached = () => 1;",
  "lib/credits/grant.ts": `import type { Queryable } from "@/lib/db/pool";
    import { ctx } from "@/lib/auth/context"; import { decide } from "./core/decide"; import { lots } from "./store/lots";
    export const grant = (tx?: Queryable) => { lots(tx); return decide(ctx); };`,
  "lib/credits/grant.test.ts": `import { pool } from "@/lib/db/pool"; import { given } from "@/tests/factories/given"; given(pool);`,
  "lib/credits/core/decide.ts": `import { TZDate } from "@date-fns/tz"; import { credits } from "@/lib/shared/money";
    export type Decision = object; export const decide = (at: number) => [new TZDate(at, "Europe/London"), credits];`,
  "lib/credits/store/lots.ts": `import { pool, type Queryable } from "@/lib/db/pool"; export type Lot = object;
    /** All of them. */ export const lots = (db: Queryable = pool()) => db.query("SELECT id FROM credit_lot");`,
  "lib/db/pool.ts": `import { Pool } from "pg"; import { env } from "@/lib/shared/env";
    export type Queryable = Pool; export const pool = () => new Pool(env()); export const closePool = () => {};`,
  "lib/db/prisma.ts": `import { PrismaClient } from "@/prisma/generated/client"; export const prisma = () => new PrismaClient();`,
  "lib/http/doors.ts":
    "export const memberRoute = (...x: unknown[]) => x; export const webhook = memberRoute; export const memberAction = memberRoute;",
  "lib/inbox/accept.ts": `import { line } from "@/lib/garage/line"; export const accept = line;`,
  "lib/calls/answer.ts": `import { accept } from "@/lib/inbox/accept"; import { line } from "@/lib/garage/line";
    export type Answer = object; export const answer = () => [accept(), line()];`,
  "lib/garage/line.ts": `import { ctx } from "@/lib/auth/context"; import { lines } from "./store/lines"; export const line = () => lines(ctx);`,
  "lib/garage/store/lines.ts": `import { pool } from "@/lib/db/pool";
    /** All. */ export const lines = (..._: unknown[]) => pool();`,
  "lib/channels/sms/send.ts": `import { accept } from "@/lib/inbox/accept"; export type Sms = object; export const sendSms = accept;`,
  "lib/lines/list-lines.ts": `import { accept } from "@/lib/inbox/accept"; export type Line = object; export const read = accept;`,
  "lib/mail/send-mail.ts": `import { createTransport } from "nodemailer"; export const sendMail = createTransport;`,
  "lib/jobs/start.ts": `import "@/lib/channels/sms/send"; import "@/lib/lines/list-lines"; import "@/lib/mail/send-mail"; export const start = 1;
    import { closePool } from "@/lib/db/pool"; import "@/lib/billing/stripe"; closePool();`,
  "lib/queue/store/add-jobs.ts": `import type { Queryable } from "@/lib/db/pool";
    /** Adds one. */ export const addJob = (tx: Queryable) => tx.query("SELECT FROM graphile_worker.add_job($1)");`,
  "lib/garage/known.ts": `const NAMES = new Map([["a", 1]]); const NONE = {}; const ORDER = ["a", "b"];
    export const known = (all: string[]) => { const seen = new Set<string>(); let n = 0; for (const one of all) seen.add(one);
      n += ORDER.length; return [NAMES.get("a"), NONE, seen, n]; };`,
  "docs/map.md":
    "The rules are in `lib/credits/core/`, [the ledger](ledger.md), a verb in `lib/<room>/<verb>.ts`.",
  "docs/ledger.md": "Its rows are read in `lib/credits/store/lots.ts`, by `core/decide.ts`.",
  "prisma/schema/notes.prisma": `model Note {\n  id String @id\n\n  @@map("note")\n}`,
  "lib/shared/env.ts": "export const env = () => process.env;",
  "lib/shared/errors.ts": "export const isError = (thrown: unknown) => thrown instanceof Error;",
  "lib/shared/ids.ts": `import { v7 } from "uuid"; export const newId = v7;`,
  "lib/shared/money.ts": "export const credits = 1n;",
  "lib/shared/money.test.ts": "export const n = 1;",
  "lib/calls/store/calls.ts":
    "export const text = `UPDATE voice_call SET a = b[1] + 0, c = CASE WHEN d = 'x' THEN 'y'::e END -- CASE x WHEN`;",
  "prisma/functions/grant.sql": "SELECT graphile_worker.add_job('watch', id) FROM unnest(v_org) AS id;",
  "prisma/migrations/20261121090000_old/migration.sql":
    "-- Why.\nALTER TABLE a DROP CONSTRAINT b, ADD CONSTRAINT b CHECK (c > 0);",
  "prisma/migrations/20261125110003_new/migration.sql":
    "-- Why.\nALTER TABLE a DROP CONSTRAINT b;\nALTER TABLE a ADD CONSTRAINT b CHECK (c > 0 AND d IN (1, 2));",
  "prisma/schema/base.prisma": "a B @relation(fields: [id], references: [id], onUpdate: NoAction)\nb C[]",
  "prisma/generated/client.ts": `// TODO: generated\nexport class PrismaClient {}; export type Organisation = object;`,
  "prisma/migrations/1_tables/migration.sql": `-- CreateTable\n${"--\n".repeat(400)}`,
  "scripts/run.mjs": "export const run = () => process.env;",
  "tests/factories/given.ts": `import { Pool } from "pg"; export const given = Pool;`,
  "tests/long.test.ts": lines(300),
};
