import { AppError } from "@/lib/shared/errors";
import type { SignedIn } from "./session";

/** Torqueflow's own staff belong to no garage, by whichever door. Throws forbidden for them. */
export function refuseSupport({ isSupport }: Pick<SignedIn, "isSupport">): void {
  if (isSupport)
    throw new AppError("forbidden", "You are signed in as Torqueflow support, which belongs to no garage.");
}
