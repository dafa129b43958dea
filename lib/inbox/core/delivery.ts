import type {
  CustomerCall,
  InboundMessage,
  MessageChannel,
  MessageSender,
  PhoneMessage,
  StatusUpdate,
} from "./message";

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
  | { readonly kind: "phone-message"; readonly address: OurAddress; readonly message: PhoneMessage }
  | { readonly kind: "call"; readonly address: OurAddress; readonly call: CustomerCall }
  | { readonly kind: "status"; readonly address: OurAddress; readonly update: StatusUpdate };

/** What is kept as it came: fields without a handler, account notices, and items that cannot be read. */
export type Stray = { readonly type: string; readonly identity?: string; readonly payload: unknown };

/** Which of our numbers a business account owns, as far as one delivery says, and whether its templates have changed. */
export type AccountNote = {
  readonly accountId: string;
  readonly identities: readonly string[];
  readonly templatesChanged: boolean;
};

/** One delivery of a provider's, read: its items in their order. */
export type Delivery = {
  readonly provider: "meta" | "twilio";
  readonly channel: MessageChannel;
  readonly items: readonly InboxItem[];
  readonly strays: readonly Stray[];
  /** WhatsApp: what it says of business accounts. */
  readonly accounts?: readonly AccountNote[];
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
  const customer = customerOf(item);
  if (!customer) return item.kind === "status" ? [`status:${item.update.providerId}`] : [];
  const { externalId, bsuid, waId, formerly } = customer;
  return [externalId, bsuid, waId, formerly]
    .filter((name) => name !== undefined)
    .map((name) => `${item.address.identity}:${name}`);
}

/** The customer in whose conversation an item stands; a status names only our message. */
function customerOf(item: InboxItem): MessageSender | undefined {
  switch (item.kind) {
    case "message":
      return item.message.sender;
    case "phone-message":
      return item.message.customer;
    case "call":
      return item.call.sender;
    case "status":
      return undefined;
  }
}
