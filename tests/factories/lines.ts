import { beforeAll } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { lineProviders } from "@/lib/channels/lines";
import { pool } from "@/lib/db/pool";
import type { LineChannel } from "@/lib/garage/line";
import { checkLine } from "@/lib/lines/check-line";
import { newId } from "@/lib/shared/ids";
import { testContext } from "./ledger";
import { givenGarage, startedSandbox } from "./message-garage";

export type LineGarage = Awaited<ReturnType<typeof givenGarage>>;

/** Garages whose numbers the local providers know, and what one does with their lines. Called once, by a test's file. */
export function linesOfSandbox() {
  const sandbox = startedSandbox();
  let ctx: ReturnType<typeof testContext> | undefined;
  // Once the sandbox stands: the first context reads the environment.
  beforeAll(() => {
    ctx = testContext(new Date());
  });
  const context = () => {
    if (!ctx) throw new Error("the context is made when the tests begin");
    return ctx;
  };
  const control = () => sandbox.current().control;
  /** A garage whose numbers the providers know, and which they deliver to us. */
  const given = async (): Promise<LineGarage> => {
    const garage = await givenGarage(sandbox.current(), context(), 100);
    const { slug, name, phone, whatsAppNumberId, businessAccountId, vapiNumberId } = garage;
    await control().addLine({ slug, name, phone, whatsAppNumberId, businessAccountId, vapiNumberId });
    await control().settings({ publicUrl: process.env.APP_URL ?? "" });
    return garage;
  };
  const owner = (orgId: string, role: "owner" | "advisor" = "owner"): Ctx => ({
    ...context(),
    actor: { kind: "member", userId: newId(), orgId, role },
  });
  const keyOf = (garage: LineGarage, channel: LineChannel) => ({
    orgId: garage.orgId,
    channel,
    identity: channel === "whatsapp" ? garage.whatsAppNumberId : garage.phone,
  });
  const check = (garage: LineGarage, channel: LineChannel, again = false) =>
    checkLine(owner(garage.orgId), lineProviders, { ...keyOf(garage, channel), again });
  const assignedOnly = (garage: LineGarage) =>
    pool().query("UPDATE channel_number SET connected_at = NULL WHERE org_id = $1", [garage.orgId]);
  const travel = (seconds: number) => context().travel(new Date(context().now().getTime() + seconds * 1_000));
  return { context, control, given, owner, keyOf, check, assignedOnly, travel };
}
