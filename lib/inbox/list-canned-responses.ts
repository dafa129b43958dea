import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { AppError } from "@/lib/shared/errors";
import { vehicleInWords } from "./core/template-values";
import { knownOf } from "./known-of";
import { type CannedResponseRow, cannedResponsesOf } from "./store/canned-responses";
import { findAddressee } from "./store/templates";

export type CannedResponseDto = Omit<CannedResponseRow, "updatedAt"> & { readonly updatedAt: string };

/** The words that the garage's people use again and again, by their shortcuts. Needs `messages.view`. */
export async function listCannedResponses(ctx: Ctx, orgId: string): Promise<CannedResponseDto[]> {
  requireMember(ctx.actor, orgId, "messages.view");
  const rows = await cannedResponsesOf(orgId);
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
}

/** What placeholders stand for in a conversation; null where it is not known. */
export type KnownDto = {
  readonly firstName: string | null;
  readonly garage: string | null;
  readonly vehicle: string | null;
};

/** What fills in canned responses in a conversation. Needs `messages.view`; another organisation's is not found. */
export async function knownFor(ctx: Ctx, orgId: string, conversationId: string): Promise<KnownDto> {
  requireMember(ctx.actor, orgId, "messages.view");
  const addressee = await findAddressee(orgId, conversationId);
  if (!addressee) throw new AppError("not_found", "There is no such conversation.");
  const { firstName, garage, vehicle } = await knownOf(asSystem(ctx, "inbox"), orgId, addressee);
  return { firstName, garage, vehicle: vehicle && vehicleInWords(vehicle) };
}
