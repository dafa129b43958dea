import { createInterface } from "node:readline";
import { systemContext } from "@/lib/auth/context";
import { checkCredits } from "@/lib/credits/check-credits";
import { followChanges } from "@/lib/jobs/follow-changes";

// Another process's gate, asked over its standard input: one organisation a line in, one decision a line out.
followChanges();
const ctx = systemContext("gate-process");
let asked = 0;
createInterface({ input: process.stdin }).on("line", async (orgId) => {
  asked += 1;
  const decision = await checkCredits(ctx, { orgId, channel: "voice", providerRef: `probe-${asked}` });
  process.stdout.write(`${JSON.stringify(decision)}\n`);
});
