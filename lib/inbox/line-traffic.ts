import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { MessageChannel } from "./core/message";
import { type TemplateSend, variablesOf } from "./core/template";
import { hasOptedOut, isWindowOpen, type LineTraffic, lastOnLine } from "./store/line-traffic";
import { listStored } from "./store/templates";

// What the inbox knows of one of a garage's numbers, for whoever looks after its lines.

export type { LineTraffic };

/** When a message last came to a number, and last left from it. For the system only. */
export async function trafficOf(
  ctx: Ctx,
  orgId: string,
  channel: MessageChannel,
  identity: string,
): Promise<LineTraffic> {
  requireSystem(ctx.actor);
  return lastOnLine(orgId, channel, identity);
}

/** How somebody's number can be written to now without a conversation. */
export type WayToWrite =
  | { readonly kind: "text" }
  | { readonly kind: "template"; readonly template: TemplateSend; readonly words: string }
  | { readonly kind: "opted-out" | "window-closed" };

type Writing = {
  readonly orgId: string;
  readonly channel: MessageChannel;
  readonly identity: string;
  /** E.164 */
  readonly to: string;
  /** WhatsApp: the number's business account. */
  readonly accountId: string | null;
};

/**
 * Whether a number may be written to, and on WhatsApp how: in words while its window is open, else by the first approved template
 * that has nothing to fill in. For the system only.
 */
export async function wayToWrite(
  ctx: Ctx,
  { orgId, channel, identity, to, accountId }: Writing,
): Promise<WayToWrite> {
  requireSystem(ctx.actor);
  if (await hasOptedOut(orgId, channel, to)) return { kind: "opted-out" };
  if (channel !== "whatsapp" || (await isWindowOpen(orgId, identity, to, ctx.now()))) return { kind: "text" };
  const stored = accountId === null ? [] : await listStored(orgId, [accountId]);
  const plain = stored.find(
    ({ status, unusable, content }) =>
      status === "approved" && unusable === null && variablesOf(content).length === 0,
  );
  if (!plain) return { kind: "window-closed" };
  const { name, language, content } = plain;
  return { kind: "template", template: { name, language, parameters: [] }, words: content.body };
}
