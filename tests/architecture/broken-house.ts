/** Files which rules speak about, by the rule that must find each of them at fault. */
type Faults = Readonly<Record<string, Readonly<Record<string, string>>>>;

const lines = (count: number) => "export const line = 1;\n".repeat(count);

/** What each arrow must catch. The files a fault points at are in `sound-house.ts`. */
export const BROKEN_ARROWS: Faults = {
  "app-calls-verbs": {
    "app/page.tsx": `import { lots } from "@/lib/credits/store/lots"; export default lots;`,
    "app/rule.ts": `import { decide } from "@/lib/credits/core/decide"; decide();`,
    "components/bare.tsx": `import { pool } from "@/lib/db/pool"; pool();`,
  },
  "credits-stand-alone": {
    "lib/credits/charge.ts": `import type { Stripe } from "@/lib/billing/stripe"; export type Money = Stripe;`,
    "lib/credits/tell.ts": `import { headers } from "next/headers"; headers();`,
    "lib/credits/enqueue.ts": `import { run } from "graphile-worker"; run;`,
    "lib/credits/sign.ts": `import { signIn } from "@/lib/auth/session"; signIn();`,
  },
  "core-is-pure": {
    "lib/credits/core/read.ts": `import { readFileSync } from "node:fs"; readFileSync;`,
    "lib/credits/core/ask.ts": `import { lots } from "../store/lots"; lots();`,
    "lib/credits/core/config.ts": `import { env } from "@/lib/shared/env"; env();`,
    "lib/credits/core/parse.ts": `import { z } from "zod"; z;`,
  },
  "scripts-on-demand": {
    "components/late.tsx": `import dynamic from "next/dynamic"; dynamic;`,
  },
  "database-behind-stores": {
    "lib/credits/raw.ts": `import { Pool } from "pg"; new Pool();`,
    "lib/inbox/orm.ts": `import { prisma } from "@/lib/db/prisma"; prisma();`,
    "lib/inbox/rows.ts": `import type { Organisation } from "@/prisma/generated/client"; export type O = Organisation;`,
  },
  "shared-stands-alone": {
    "lib/shared/clock.ts": `import { grant } from "@/lib/credits/grant"; grant();`,
  },
  "db-stands-on-shared": {
    "lib/db/announce.ts": `import { dropCached } from "@/lib/credits/balance-cache"; dropCached();`,
  },
  "audit-stands-low": {
    "lib/audit/act.ts": `import { grant } from "@/lib/credits/grant"; grant();`,
  },
  "queue-stands-on-db": {
    "lib/queue/known.ts": `import { grant } from "@/lib/credits/grant"; grant();`,
  },
  "files-know-no-owner": {
    "lib/files/whose.ts": `import { accept } from "@/lib/inbox/accept"; accept();`,
  },
  "folder-behind-files": {
    "lib/inbox/keep.ts": `import { writeFile } from "node:fs/promises"; writeFile("a", "b");`,
    "app/api/save.ts": `import { createWriteStream } from "node:fs"; createWriteStream("a");`,
  },
  "channels-call-features": {
    "lib/calls/fetch.ts": `import type { Sms } from "@/lib/channels/sms/send"; export type Fetched = Sms;`,
    "lib/inbox/send.ts": `import { sendSms } from "@/lib/channels/sms/send"; sendSms();`,
  },
  "jobs-on-top": {
    "lib/inbox/later.ts": `import { start } from "@/lib/jobs/start"; start();`,
  },
  "billing-knows-no-feature": {
    "lib/billing/thank.ts": `import { accept } from "@/lib/inbox/accept"; accept();`,
  },
  "features-apart": {
    "lib/inbox/ring.ts": `import { answer } from "@/lib/calls/answer"; answer();`,
    "lib/diagnostics/ring.ts": `import type { Answer } from "@/lib/calls/answer"; export type A = Answer;`,
    "lib/calls/sell.ts": `import { pay } from "@/lib/billing/stripe"; pay();`,
  },
  "lines-over-features": {
    "lib/inbox/stand.ts": `import { read } from "@/lib/lines/list-lines"; read();`,
    "lib/support/stand.ts": `import type { Line } from "@/lib/lines/list-lines"; export type L = Line;`,
  },
  "ground-stands-low": {
    "lib/garage/write.ts": `import { accept } from "@/lib/inbox/accept"; accept();`,
    "lib/ai/charge.ts": `import { grant } from "@/lib/credits/grant"; grant();`,
    "lib/notify/who.ts": `import { signIn } from "@/lib/auth/session"; signIn();`,
  },
  "mail-stands-low": {
    "lib/mail/count.ts": `import { grant } from "@/lib/credits/grant"; grant();`,
    "lib/mail/sign.ts": `import { signIn } from "@/lib/auth/session"; signIn();`,
  },
  "letters-by-the-worker": {
    "lib/billing/hurry.ts": `import { sendMail } from "@/lib/mail/send-mail"; sendMail();`,
    "lib/mail/queue-at-once.ts": `import { sendMail } from "./send-mail"; sendMail();`,
    "app/send/page.tsx": `import { createTransport } from "nodemailer"; export default createTransport;`,
  },
  "store-of-its-room": {
    "lib/inbox/peek.ts": `import { lines } from "@/lib/garage/store/lines"; lines();`,
    "lib/calls/store/join.ts": `import type { Lot } from "@/lib/credits/store/lots"; export type L = Lot;`,
  },
  "lib-below-app": {
    "lib/notify/render.ts": `import { Banner } from "@/components/banner"; Banner;`,
  },
  "product-without-tools": {
    "lib/inbox/fake.ts": `import { given } from "@/tests/factories/given"; given();`,
    "app/api/route.ts": `import { run } from "@/scripts/run.mjs"; run();`,
  },
  "library-behind-auth": {
    "app/api/auth/route.ts": `import { auth } from "@/lib/auth/auth"; export const GET = auth;`,
  },
  "no-circles": {
    "lib/inbox/egg.ts": `import { hen } from "./hen"; export const egg = () => hen();`,
    "lib/inbox/hen.ts": `import type { Egg } from "./nest"; export const hen = (): Egg => ({});`,
    "lib/inbox/nest.ts": `import { egg } from "./egg"; export type Egg = object; egg();`,
  },
  "imports-lead-somewhere": {
    "lib/inbox/lost.ts": `import { nowhere } from "@/lib/inbox/nowhere"; nowhere();`,
  },
};

/** What each rule about a file's own text must catch. */
export const BROKEN_SOURCES: Faults = {
  "pool-behind-stores": {
    "lib/credits/grab.ts": `import { pool, type Queryable } from "@/lib/db/pool"; pool() as Queryable;`,
    "lib/credits/rename.ts": `import { pool as water } from "@/lib/db/pool"; water();`,
    "lib/credits/all.ts": `import * as db from "@/lib/db/pool"; db.pool();`,
    "app/late.ts": `export const late = () => import("@/lib/db/pool");`,
  },
  "sql-behind-stores": {
    "lib/credits/text.ts": "export const text = `SELECT balance\n FROM credit_account`;",
    "lib/credits/update.ts": `export const text = "UPDATE credit_account AS a SET balance = 0";`,
    "lib/credits/call.ts": "export const call = (t: { query(s: string): void }, s: string) => t.query(s);",
    "lib/credits/tagged.ts": "declare const db: any; export const n = db.$queryRaw`select 1`;",
  },
  "jobs-through-the-queue": {
    "lib/credits/store/wake.ts": `export const wake = "SELECT graphile_worker.add_job('watch', '{}')";`,
    "lib/jobs/again.ts": `export const again = (helpers: { addJob(name: string): void }) => helpers.addJob("watch");`,
  },
  "shared-is-closed": { "lib/shared/helpers.ts": "export const help = 1;" },
  "no-barrels": {
    "lib/credits/index.ts": "export const fine = 1;",
    "lib/credits/everything.ts": `export * from "./grant"; export const one = 1;`,
    "lib/credits/passing.ts": `export { grant } from "./grant"; export type { Lot } from "./store/lots";`,
    "lib/credits/twice.ts": `import { grant } from "./grant"; export { grant };`,
  },
  "one-environment": {
    "lib/credits/setting.ts": "export const port = process.env.PORT;",
    "lib/credits/bracket.ts": `export const port = process["env"].PORT;`,
    "lib/credits/open.ts": "const { env } = process; export const port = env.PORT;",
    "lib/credits/import.ts": `import { env } from "node:process"; export const port = env.PORT;`,
    "lib/credits/global.ts": "export const all = { ...globalThis.process.env };",
    "instrumentation.ts": "export const mode = process.env.NODE_ENV;",
    "prisma/seed/run.ts": "export const url = process.env.DATABASE_URL;",
  },
  "core-is-timeless": {
    "lib/credits/core/today.ts": "export const today = () => new Date();",
    "lib/credits/core/now.ts": "export const now = () => Date.now();",
    "lib/credits/core/zone.ts": "export const zone = () => new TZDate();",
    "lib/credits/core/dice.ts": "export const dice = () => Math.random();",
    "lib/credits/core/wire.ts": `export const wire = () => fetch("https://example.com");`,
    "lib/credits/core/name.ts": "export const name = () => crypto.randomUUID();",
  },
  "one-clock": {
    "lib/credits/year.ts": "export const year = (now: Date = new Date()) => now.getFullYear();",
    "app/today.ts": "export const today = () => Date.now();",
    "components/year.tsx": "export const Year = () => <b>{new Date().getFullYear()}</b>;",
  },
  "modules-are-not-mocked": {
    "lib/credits/mocked.test.ts": `vi.mock("@/lib/shared/env", () => ({}));`,
    "tests/unit/mocked.test.ts": `vi.doMock("./clock", () => ({}));`,
  },
  "pages-are-waited-for": {
    "tests/e2e/once.test.ts": `expect(await page.getByTestId("balance").textContent()).toBe("0");`,
    "tests/e2e/twice.test.ts": "expect(await rows.count()).toBeGreaterThan(1);",
    "tests/e2e/where.test.ts": `expect(new URL(page.url()).search).toBe("");`,
  },
  "typographic-apostrophes": {
    "app/words.tsx": "export const Words = () => <p>The garage's balance</p>;",
    "components/label.ts": `export const label = "Today's calls";`,
    "lib/mail/subject.ts": `export const subject = (name: string) => \`\${name}: the month's credits\`;`,
    "lib/credits/refused.ts": `import { AppError } from "@/lib/shared/errors";
      export const refused = () => new AppError("conflict", "The pack's price has changed.");`,
  },
  "errors-by-their-fields": {
    "lib/billing/lost.ts": `import Stripe from "stripe";
      export const lost = (e: unknown) => e instanceof Stripe.errors.StripeError;`,
    "lib/credits/ours.ts": `import { AppError } from "@/lib/shared/errors"; export const ours = (e: unknown) => e instanceof AppError;`,
    "app/api/lost/events.ts": `import { DatabaseError } from "pg"; export const lost = (e: unknown) => e instanceof DatabaseError;`,
  },
  "routes-are-wrapped": {
    "app/api/bare/route.ts": "export const GET = async () => new Response();",
    "app/api/declared/route.ts": "export async function POST() { return new Response(); }",
    "app/api/other/route.ts": "export const GET = route('other', () => undefined);",
    "app/api/passed/route.ts": `import { GET } from "../bare/route"; import { x } from "./x"; export const y = memberRoute(x); export { GET };`,
  },
  "actions-are-wrapped": {
    "app/billing/bare-actions.ts": `"use server"; export async function buy() { return 1; }`,
    "app/billing/arrow-actions.ts": `"use server"; export const buy = async () => 1;`,
  },
  "state-is-process-wide": {
    "lib/credits/let.ts": "let held = 0; export const next = () => (held += 1);",
    "lib/credits/map.ts": "const held = new Map(); export const kept = held;",
    "lib/inbox/list.ts": "const held: number[] = [1]; export const keep = (n: number) => held.push(n);",
    "app/api/count.ts": "const held = { count: 0 }; export const next = () => held.count++;",
    "lib/auth/flag.ts": `const held = { on: { now: false } }; export const on = () => { held.on.now = true; };`,
  },
  "small-files": {
    "lib/credits/long.ts": lines(301),
    "prisma/migrations/2_by_hand/migration.sql": "-- Why.\n".repeat(301),
  },
  "sql-spreads": {
    "lib/inbox/store/refuse.ts":
      "export const text = `UPDATE message SET status = CASE author WHEN 'staff' THEN 1 END`;",
    "lib/inbox/store/cast.ts":
      "export const text = `SELECT CASE WHEN a THEN 'x' ELSE 'y' END::delivery_status`;",
    "lib/inbox/store/text.ts":
      "export const text = `SELECT CASE WHEN 'read' IN (status::text, $5) THEN 1 END`;",
    "lib/calls/store/move.ts":
      "export const text = `UPDATE voice_call SET status = (ARRAY['a', 'b'])[greatest($1, 2)], ended_at = $2`;",
    "lib/calls/store/clock.ts": "export const text = `INSERT … ON CONFLICT (id) DO UPDATE SET at = now()`;",
    "lib/garage/store/lines.ts":
      "export const text = `SELECT FROM channel_number AS n LEFT JOIN voice_persona AS p ON p.org_id = n.org_id`;",
    "lib/queue/store/add-many.ts": "export const text = `SELECT add_job('sync', id) FROM stripe_customer`;",
    "prisma/functions/settle.sql": "UPDATE credit_account SET cost = v_cost[1] WHERE true;",
    "prisma/migrations/20261125110000_keys/migration.sql":
      "-- Why.\nALTER TABLE a ADD CONSTRAINT b FOREIGN KEY (c) REFERENCES d (e) ON UPDATE CASCADE;",
    "prisma/migrations/20261125110001_two/migration.sql":
      "-- Why.\nALTER TABLE a DROP CONSTRAINT b, ADD CONSTRAINT b CHECK (c > 0);",
    "prisma/migrations/20261125110002_mixed/migration.sql":
      "-- Why.\nALTER TABLE a ADD COLUMN b integer, ADD CONSTRAINT c CHECK (b > 0);",
  },
  "keys-are-not-updated": {
    "prisma/schema/garage.prisma":
      "model Vehicle {\n  customer Customer @relation(fields: [orgId, customerId], references: [orgId, id], onDelete: Cascade)\n}",
  },
  "stores-explained": {
    "lib/inbox/store/bare.ts": "// Not a docstring.\nexport const rows = (n: number) => n;",
    "lib/inbox/store/plain.ts": "export async function rows() {}",
  },
  "no-development-packages": { "lib/auth/check.ts": `import { test } from "vitest"; test("it", () => {});` },
  "functions-fit-a-page": { "prisma/functions/wide.sql": `-- ${"-".repeat(100)}` },
  "text-in-one-node": {
    "components/share.tsx": "export const Share = ({ n }: { n: number }) => <p>{n}% left</p>;",
    "components/sentence.tsx":
      "export const Sentence = ({ n }: { n: string }) => <p>Paid with {n.trim()}.</p>;",
    "app/billing/button.tsx":
      'export const Buy = ({ busy }: { busy: boolean }) => <b>{busy ? "Wait" : "Buy"}<i>now</i></b>;',
  },
  "pages-of-a-garage": {
    "app/(workspace)/page.tsx": "export default async function Home() { return null; }",
    "app/(workspace)/voice/page.tsx": "const Voice = () => null; export default Voice;",
    "app/(workspace)/settings/layout.tsx": "export default function Settings() { return null; }",
  },
  "links-wait-for-somebody": {
    "components/eager.tsx": `import Link from "next/link"; export const Eager = () => <Link href="/voice">Calls</Link>;`,
    "components/closed.tsx": `import Link from "next/link"; export const Closed = () => <Link href="/voice" />;`,
  },
  "nothing-put-off": {
    "lib/credits/later.ts": "// TODO: later",
    "lib/credits/hush.ts": "// @ts-ignore",
    "lib/credits/any.ts": "export const any = (x: unknown) => x as any;",
    "tests/db/skip.test.ts": `test.skip("not today", () => {});`,
    "tests/db/where.test.ts": `describe.runIf(existsSync("../samples"))("there", () => {});`,
    "tests/db/only.test.ts": `describe.only("me", () => {});`,
    "tests/e2e/sleep.test.ts": "await page.waitForTimeout(500);",
  },
  "shared-rows-stay": {
    "tests/e2e/packs.test.ts": `await pool().query("UPDATE credit_pack SET stripe_price_id = NULL");`,
    "tests/http/away.test.ts": `await pool().query("ALTER TABLE credit_lot RENAME TO credit_lot_away");`,
  },
};

/** What each rule about the house as a whole must catch. */
export const BROKEN_WHOLE: Faults = {
  "one-writer-a-table": {
    "lib/garage/store/voices.ts": "export const save = `UPDATE persona AS p SET greeting = $1`;",
    "lib/calls/store/ladder.ts":
      "export const step = `INSERT INTO persona (org_id) VALUES ($1) ON CONFLICT DO UPDATE SET level = 1`;",
    "lib/inbox/store/notes.ts": "export const keep = (db: any) => db.note.create({ data: {} });",
    "lib/diagnostics/store/notes.ts": `export const drop = "DELETE FROM note";`,
    "prisma/functions/post.sql": `INSERT INTO entry VALUES (1);`,
    "lib/billing/store/entries.ts": `export const mend = "update entry set amount = 0";`,
    "prisma/functions/inbox_keep.sql": "INSERT INTO letter VALUES (1);",
    "prisma/functions/keep.sql": "DELETE FROM letter;",
    "prisma/functions/garage_keep.sql": "UPDATE bench SET free = false;",
    "lib/inbox/store/benches.ts": `export const free = "UPDATE bench SET free = true";`,
    "lib/garage/store/names.ts": `export const name = "UPDATE organization SET name = $1";`,
    "lib/support/store/names.ts": `export const call = "UPDATE organization SET name = $2";`,
  },
  "named-paths-exist": {
    "docs/map.md": "See `lib/credits/gone.ts`, and [the words](words.md).",
    "lib/credits/lost.ts": "/** As in `lib/credits/core/gone.ts`. */ export const lost = 1;",
  },
};

export const filesOf = (faults: Faults): Record<string, string> =>
  Object.assign({}, ...Object.values(faults));
