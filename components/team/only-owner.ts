/** Why the last owner cannot leave, and what they do first: wherever somebody could leave. */
export const ONLY_OWNER =
  "You are the only owner. Make somebody else an owner, or hand over ownership, before you leave.";
