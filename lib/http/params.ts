import { z } from "zod";
import { AppError } from "@/lib/shared/errors";

/** A uuid in the path. Anything else names nothing of ours: not found. */
export function uuidParam(params: Readonly<Record<string, string>>, name: string): string {
  const parsed = z.uuid().safeParse(params[name]);
  if (!parsed.success) throw new AppError("not_found", "Not found.");
  return parsed.data;
}

const MOST_TOGETHER = 200;

/** Ids of what is changed together with the one in the path. */
export const alsoIds = z.array(z.uuid()).max(MOST_TOGETHER).default([]);

/** An id of Stripe's in the path, as "in_1Q…". Anything else names nothing: not found. */
export function stripeParam(params: Readonly<Record<string, string>>, name: string): string {
  const id = params[name];
  if (id === undefined || !/^\w{1,255}$/.test(id)) throw new AppError("not_found", "Not found.");
  return id;
}

/** Redirects to an address that changes: no browser may keep the answer. */
export const seeOther = (address: string): Response =>
  new Response(null, { status: 303, headers: { location: address, "cache-control": "no-store" } });
