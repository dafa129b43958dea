import { describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { pool } from "@/lib/db/pool";
import { handBack } from "@/lib/inbox/hand-back";
import { takeOver } from "@/lib/inbox/take-over";
import { runJobs } from "../factories/jobs";
import { testContext } from "../factories/ledger";
import {
  accept,
  conversationOf,
  givenAdvisor,
  givenGarage,
  sentTo,
  startedSandbox,
} from "../factories/message-garage";
import { givenMessage } from "../factories/messages";

const sandbox = startedSandbox();
const aiRequests = () => sandbox.current().control.count({ provider: "ai" });

const CREDITS_FOR_A_WHILE = 500;
const THANKS = "Thanks for writing to us. We are open from 8 to 4. What are your opening hours?";

type Garage = Awaited<ReturnType<typeof givenGarage>>;

/** Another machine, which answers each of our answers. */
async function exchange(ctx: Ctx, garage: Garage, times: number, body: (n: number) => string): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await accept(ctx, garage.profile, givenMessage("sms", { identity: garage.phone, body: body(n) }));
    await runJobs();
  }
}

const charged = async (orgId: string): Promise<number> =>
  Number(
    (await pool().query(`SELECT count(*) FROM interaction WHERE org_id = $1 AND credits > 0`, [orgId]))
      .rows[0].count,
  );

const authors = async (orgId: string) => (await sentTo(orgId)).map(({ author }) => author);

describe("two machines that answer each other", () => {
  it("the same text again and again: six AI replies, then a person gets it, and canned words go once", async () => {
    const ctx = testContext(new Date());
    const garage = await givenGarage(sandbox.current(), ctx, CREDITS_FOR_A_WHILE);
    await exchange(ctx, garage, 10, () => THANKS);
    expect(await authors(garage.orgId)).toEqual([...Array(6).fill("ai"), "canned"]);
    expect(await charged(garage.orgId)).toBe(6);
    expect(await conversationOf(garage.orgId)).toMatchObject({ attention: true, why: "too-many-replies" });
  });

  it("other words each time, within seconds of ours: the same", async () => {
    const ctx = testContext(new Date());
    const garage = await givenGarage(sandbox.current(), ctx, CREDITS_FOR_A_WHILE);
    const days = [
      "Monday",
      "Tuesday",
      "Wednesday",
      "Thursday",
      "Friday",
      "Saturday",
      "Sunday",
      "Easter",
      "Christmas",
    ];
    await exchange(ctx, garage, 9, (n) => `What are your opening hours on ${days[n]}?`);
    // The first follows nothing of ours: six quick ones come after it.
    expect(await authors(garage.orgId)).toEqual([...Array(7).fill("ai"), "canned"]);
    expect(await conversationOf(garage.orgId)).toMatchObject({ why: "too-many-replies" });
  });

  it("where the AI is unsure, canned words go once, and no more is charged than those attempts", async () => {
    const ctx = testContext(new Date());
    const garage = await givenGarage(sandbox.current(), ctx, CREDITS_FOR_A_WHILE);
    await exchange(ctx, garage, 10, () => "Brrr zzt qqq");
    expect(await authors(garage.orgId)).toEqual(["canned"]);
    expect(await charged(garage.orgId)).toBe(6);
    const asked = await aiRequests();
    await exchange(ctx, garage, 2, () => "Brrr zzt qqq");
    expect(await aiRequests()).toBe(asked);
  });

  it("goes on when somebody of the team has been there", async () => {
    const ctx = testContext(new Date());
    const garage = await givenGarage(sandbox.current(), ctx, CREDITS_FOR_A_WHILE);
    await exchange(ctx, garage, 8, () => THANKS);
    const { id } = await conversationOf(garage.orgId);
    const advisor = await givenAdvisor(garage.orgId);
    await takeOver(advisor, garage.orgId, id);
    await handBack({ ...advisor, now: () => new Date() }, garage.orgId, id);
    await exchange(testContext(new Date()), garage, 1, () => THANKS);
    expect((await authors(garage.orgId)).at(-1)).toBe("ai");
  });
});
