import { recordChange } from "@/lib/audit/record-change";
import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { garageChanged } from "@/lib/garage/garage-changed";
import type { LineChannel, LineKey, OwnedLine } from "@/lib/garage/line";
import { holdLine, setConnected } from "@/lib/garage/own-lines";
import { AppError } from "@/lib/shared/errors";
import { keepAnswer } from "./ask-line";
import { problemsOf } from "./core/line-problems";
import type { LineAnswer, LineReading } from "./core/reading";
import { getLine, type LineDto, notTheirs, ownLine } from "./list-lines";
import type { LineProviders } from "./provider";

export type Connecting = LineKey & {
  readonly orgId: string;
  /** The member has been told that another system gets what comes to it now. */
  readonly takeOver: boolean;
};

export type LineConnected =
  | { readonly kind: "connected"; readonly line: LineDto }
  /** Another system gets what comes to it: nothing was changed. */
  | { readonly kind: "elsewhere"; readonly to: string };

const NAMES: Readonly<Record<LineChannel, string>> = {
  voice: "The phone provider",
  whatsapp: "WhatsApp",
  sms: "Twilio",
};

/**
 * Connects an assigned line, or mends a connected one: the provider has it and it can do what it is for, what comes to it is
 * sent to us, and from the commit on it serves the garage. Throws not_found where it is not theirs, conflict with the reason
 * where it cannot serve, unavailable where the provider did not answer; then nothing was changed here. Needs `settings.manage`.
 */
export async function connectLine(
  ctx: Ctx,
  providers: LineProviders,
  { orgId, takeOver, ...key }: Connecting,
): Promise<LineConnected> {
  requireMember(ctx.actor, orgId, "settings.manage");
  const line = await ownLine(ctx, orgId, key);
  const provider = providers[line.channel];
  const found = await usable(ctx, line, await provider.read(line));
  const { pointing } = found;
  if (pointing.at === "elsewhere" && !takeOver)
    return { kind: "elsewhere", to: pointing.host ?? "another system" };
  const set = await usable(ctx, line, await provider.pointHere(line));
  refuseNotOurs(line.channel, set);
  await inTransaction(async (tx) => {
    const held = await holdLine(asSystem(ctx, "lines"), tx, line);
    // Support has moved it meanwhile.
    if (held?.orgId !== orgId) throw notTheirs();
    if (held.connectedAt !== null) return;
    await setConnected(asSystem(ctx, "lines"), tx, line, true);
    await recordChange(ctx, tx, {
      orgId,
      action: "line/connected",
      subject: `${line.channel} ${line.number ?? line.identity}`,
      before: { connected: false },
      after: { connected: true },
    });
  });
  garageChanged(orgId);
  return { kind: "connected", line: await getLine(ctx, orgId, line) };
}

/** What the provider says of a line that can serve; kept either way. Throws where it cannot, or where there is no answer. */
async function usable(
  ctx: Ctx,
  line: OwnedLine,
  answer: LineAnswer,
): Promise<Extract<LineReading, { exists: true }>> {
  await keepAnswer(ctx, line, ctx.now(), answer);
  const name = NAMES[line.channel];
  if (answer.kind === "refused")
    throw new AppError(
      "unavailable",
      `${name} does not accept Torqueflow’s access. Nothing was changed; Torqueflow’s support can renew it.`,
    );
  if (answer.kind === "silent")
    throw new AppError("unavailable", `${name} did not answer. Nothing was changed: try again in a minute.`);
  const { reading } = answer;
  const { channel } = line;
  const [stops] = problemsOf({ channel, connected: false, reached: true, reading, failure: null }).filter(
    ({ severity }) => severity === "stops",
  );
  if (stops || !reading.exists)
    throw new AppError("conflict", stops ? `${stops.what} ${stops.next}` : `${name} has no such number.`);
  return reading;
}

/** Not every provider lets us set where it delivers: what is not sent to us is not connected. */
function refuseNotOurs(channel: LineChannel, reading: Extract<LineReading, { exists: true }>): void {
  const [stops] = problemsOf({ channel, connected: true, reached: true, reading, failure: null }).filter(
    ({ severity }) => severity === "stops",
  );
  if (stops)
    throw new AppError("conflict", `${stops.what} Torqueflow’s support can set that at the provider.`);
}
