import { type Clock, systemClock } from "@/lib/shared/clock";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { type Log, logger } from "@/lib/shared/logger";
import { type Permission, ROLE_PERMISSIONS, type Role } from "./permissions";

/** Who acts: a member of one organisation, Torqueflow's support staff, or the system itself (a job, a webhook). */
export type Actor =
  | { kind: "member"; userId: string; orgId: string; role: Role }
  | { kind: "support"; userId: string }
  | { kind: "system"; name: string };

/** What every verb gets first: who, when, new names, and where to log. */
export type Ctx = {
  readonly actor: Actor;
  readonly now: Clock;
  readonly newId: () => string;
  readonly log: Log;
};

/** Another organisation's data is not found rather than forbidden: its existence is nobody's business. */
export function authorize(actor: Actor, orgId: string, permission: Permission): void {
  if (actor.kind !== "member") return;
  if (actor.orgId !== orgId) throw new AppError("not_found", "Not found.");
  if (!ROLE_PERMISSIONS[actor.role].includes(permission)) {
    throw new AppError("forbidden", "You do not have permission to do this.");
  }
}

/** For what no member of an organisation may do by hand: post to the ledger, freeze, adjust. */
export function authorizeStaff(actor: Actor): void {
  if (actor.kind === "member") throw new AppError("forbidden", "Only Torqueflow support can do this.");
}

/** How an actor stands in the ledger and the audit. */
export function actorName(actor: Actor): string {
  return actor.kind === "system" ? `system:${actor.name}` : `${actor.kind}:${actor.userId}`;
}

/** The context of a job, a webhook or a command. */
export function systemContext(name: string, overrides: Partial<Ctx> = {}): Ctx {
  return { actor: { kind: "system", name }, now: systemClock, newId, log: logger(), ...overrides };
}
