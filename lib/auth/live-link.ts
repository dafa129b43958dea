import { AppError } from "@/lib/shared/errors";
import type { LinkKind } from "./link-kinds";
import type { Link, LinkState } from "./links";

const WHY = {
  used: "This link has been used already.",
  expired: "This link has expired.",
  withdrawn: "This link no longer works.",
  unknown: "This link is incomplete, or too old.",
} as const;

/** The link where it can be used. Throws gone, with the reason in words, where it cannot. */
export function liveLink<Kind extends LinkKind>(state: LinkState<Kind>): Link<Kind> {
  if (state.kind === "live") return state.link;
  throw new AppError("gone", WHY[state.kind]);
}
