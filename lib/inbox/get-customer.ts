import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { isSamePerson, recordBehind } from "@/lib/garage/customer-behind";
import type { CustomerRecord } from "@/lib/garage/records";
import { AppError } from "@/lib/shared/errors";
import { type ConversationState, stateOf } from "./core/conversation-state";
import type { ConversationChannel } from "./core/message";
import { type ContactRow, findContactOf, listAkin } from "./store/person";

type Vehicle = CustomerRecord["vehicles"][number];
type WithText<T, K extends keyof T> = Omit<T, K> & {
  readonly [P in K]: T[P] extends Date ? string : string | null;
};

export type CustomerDto = {
  /** As the channel tells. */
  readonly contact: Omit<ContactRow, "userId">;
  /** The garage's own record. */
  readonly customer: Pick<CustomerRecord, "id" | "name" | "email" | "phone"> | null;
  /** Several have this number: nobody is named. */
  readonly shared: boolean;
  readonly vehicles: readonly (Omit<Vehicle, "openWorkOrders"> & {
    readonly openWorkOrders: readonly WithText<Vehicle["openWorkOrders"][number], "readyAt">[];
  })[];
  readonly nextAppointment: WithText<NonNullable<CustomerRecord["nextAppointment"]>, "startsAt"> | null;
  /** The same person's others, the latest first. */
  readonly conversations: readonly {
    readonly id: string;
    readonly channel: ConversationChannel;
    readonly lastMessageAt: string;
    readonly state: ConversationState;
  }[];
};

/**
 * Who writes in a conversation: what the channel tells of them, the garage's record behind their number, and where else they
 * write. Needs `messages.view`; another organisation's conversation is not found.
 */
export async function getCustomer(ctx: Ctx, orgId: string, conversationId: string): Promise<CustomerDto> {
  requireMember(ctx.actor, orgId, "messages.view");
  const found = await findContactOf(orgId, conversationId);
  if (!found) throw new AppError("not_found", "There is no such conversation.");
  const { userId: _, ...contact } = found;
  const [{ customer, shared, personal }, akin] = await Promise.all([
    recordBehind(asSystem(ctx, "inbox"), orgId, contact.phone ?? undefined),
    listAkin(orgId, conversationId, found),
  ]);
  const now = ctx.now();
  return {
    contact,
    customer: customer ? pickCustomer(customer) : null,
    shared,
    vehicles: customer?.vehicles.map(toVehicle) ?? [],
    nextAppointment: toAppointment(customer?.nextAppointment ?? null),
    conversations: akin
      .filter((other) => isSamePerson(found, other, personal))
      .map(({ id, channel, lastMessageAt, ...stored }) => ({
        ...{ id, channel, lastMessageAt: lastMessageAt.toISOString() },
        state: stateOf(stored, now),
      })),
  };
}

const pickCustomer = ({ id, name, email, phone }: CustomerRecord) => ({ id, name, email, phone });

const toVehicle = ({ openWorkOrders, ...vehicle }: Vehicle) => ({
  ...vehicle,
  openWorkOrders: openWorkOrders.map((work) => ({ ...work, readyAt: work.readyAt?.toISOString() ?? null })),
});

const toAppointment = (next: CustomerRecord["nextAppointment"]) =>
  next && { ...next, startsAt: next.startsAt.toISOString() };
