/** The application's verbs on one database: opens the garage there, times what its dashboard asks, proves its ledger. */
import { systemContext } from "@/lib/auth/context";
import { getBalance } from "@/lib/credits/get-balance";
import { getTrend } from "@/lib/credits/get-trend";
import { getUsage } from "@/lib/credits/get-usage";
import { findDrift } from "@/lib/credits/store/reconcile";
import { pool } from "@/lib/db/pool";
import { asMember } from "../../factories/ledger";
import { type GivenOrganisation, givenOrganisation } from "../../factories/organisation";
import { withBulkClient } from "../bulk";
import { obeyParent } from "../commands";
import { openGarage, type Size } from "./garage";
import { loadInbox } from "./inbox-rows";

const ctx = systemContext("bench");
let garage = "";
let withoutCredits: Promise<GivenOrganisation> | undefined;

/** A garage without credits, whose customers the planner knows of, as it does in a garage that has been open for a day. */
async function openWithCustomers(): Promise<GivenOrganisation> {
  const opened = await givenOrganisation(ctx);
  await withBulkClient(async (client) => {
    await client.query(
      `INSERT INTO contact (org_id, id, channel, external_id, wa_id, created_at)
       SELECT $1, gen_random_uuid(), 'whatsapp', '44790' || n, '44790' || n, now() FROM generate_series(1000000, 1004999) AS n`,
      [opened.orgId],
    );
    await client.query("ANALYZE contact");
  });
  return opened;
}

const commands = {
  async open(size: Size): Promise<void> {
    garage = await openGarage(ctx, size);
  },
  /** Gives the garage so many conversations, with twenty messages each. */
  openInbox: ({ conversations }: { conversations: number }) => loadInbox({ orgId: garage, conversations }),
  /** Milliseconds for balance, usage and trend one after the other, each time. */
  async read(args: { times: number }): Promise<number[]> {
    const times: number[] = [];
    for (let time = 0; time < args.times; time++) {
      const began = performance.now();
      const owner = asMember(ctx, garage);
      await getBalance(owner, garage);
      await getUsage(owner, garage);
      await getTrend(owner, garage);
      times.push(performance.now() - began);
    }
    return times;
  },
  /** In microcredits: what settled calls leave of it shows how many there were. */
  async balance(_args: object): Promise<bigint> {
    const { rows } = await pool().query<{ balance: bigint }>(
      "SELECT balance FROM credit_account WHERE org_id = $1",
      [garage],
    );
    return rows[0]?.balance ?? 0n;
  },
  /** WhatsApp's id of the number of a garage that has no credits, which is opened when it is first asked for. */
  async lineWithoutCredits(_args: object): Promise<string> {
    withoutCredits ??= openWithCustomers();
    return (await withoutCredits).whatsAppNumberId;
  },
  /** How many texts its customers have sent it. */
  async textsWithoutCredits(_args: object): Promise<number> {
    const { rows } = await pool().query<{ texts: number }>(
      "SELECT count(*)::integer AS texts FROM message WHERE org_id = $1 AND direction = 'inbound'",
      [(await withoutCredits)?.orgId],
    );
    return rows[0]?.texts ?? 0;
  },
  /** What is broken, in words: the pool gives up on this query at a million entries. */
  drift: async (_args: object) => withBulkClient((client) => findDrift(garage, client)),
};

export type GarageCommands = typeof commands;

obeyParent(commands);
