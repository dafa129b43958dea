// With one connection there is none to spare: whatever asks the pool inside a transaction waits for itself, and fails.
import { expect, it } from "vitest";
import { reply } from "@/lib/inbox/reply";
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

process.env.DATABASE_POOL_SIZE = "1";
const sandbox = startedSandbox();
const ARRIVED = expect.stringMatching(/sent|delivered/);

it.each([
  [500, "ai"],
  [0, "canned"],
])(
  "with %i credits a message, its answer and a reply each hold one connection at a time",
  async (credits, author) => {
    const ctx = testContext(new Date());
    const { orgId, profile, phone } = await givenGarage(sandbox.current(), ctx, credits);
    expect(await accept(ctx, profile, givenMessage("sms", { identity: phone }))).toMatchObject({
      kind: "accepted",
    });
    await runJobs();
    const { id } = await conversationOf(orgId);
    await reply(await givenAdvisor(orgId), {
      orgId,
      conversationId: id,
      body: "It is ready.",
      key: "reply-1",
    });
    await runJobs();
    expect(await sentTo(orgId)).toMatchObject([
      { author, status: ARRIVED },
      { author: "staff", status: ARRIVED },
    ]);
  },
);
