import type { InboundMessage, MessageChannel, StatusUpdate } from "./message";

/** Which of our numbers an item is about, as far as the provider says. */
export type OurAddress = {
  /** The SMS number (E.164) or WhatsApp's phone_number_id. */
  readonly identity?: string;
  /** The Messaging Service that the number belongs to. */
  readonly serviceId?: string;
};

/** One thing that a provider tells us. */
export type InboxItem =
  | { readonly kind: "message"; readonly address: OurAddress; readonly message: InboundMessage }
  | { readonly kind: "status"; readonly address: OurAddress; readonly update: StatusUpdate };

/** What is kept as it came: fields without a handler, account notices, and items that cannot be read. */
export type Stray = { readonly type: string; readonly identity?: string; readonly payload: unknown };

/** One delivery of a provider's, read: its items in their order. */
export type Delivery = {
  readonly provider: "meta" | "twilio";
  readonly channel: MessageChannel;
  readonly items: readonly InboxItem[];
  readonly strays: readonly Stray[];
  /** The provider's error at our first address, where this came to the second one. */
  readonly fallbackFrom?: string;
};

/**
 * Items in groups: those of one conversation stand together in their order, and groups do not wait for each other. Who is
 * named by number here and by business-scoped id there may be one person, where any item says both.
 */
export function groupByConversation(items: readonly InboxItem[]): InboxItem[][] {
  const groups: InboxItem[][] = [];
  const byName = new Map<string, InboxItem[]>();
  for (const item of items) {
    const names = namesOf(item);
    let group = names.map((name) => byName.get(name)).find((found) => found !== undefined);
    if (!group) {
      group = [];
      groups.push(group);
    }
    group.push(item);
    for (const name of names) byName.set(name, group);
  }
  return groups;
}

function namesOf(item: InboxItem): string[] {
  if (item.kind === "status") return [`status:${item.update.providerId}`];
  const { identity, sender } = item.message;
  return [sender.externalId, sender.bsuid, sender.waId]
    .filter((name) => name !== undefined)
    .map((name) => `${identity}:${name}`);
}
