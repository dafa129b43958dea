import { z } from "zod";
import { ROLES } from "./permissions";

/** So long the page of a link that has run out says so, and can have a sign-up's sent again. */
export const KEPT_DAYS = 7;

/**
 * Every link that is mailed to one person: for how long it can be used, and what is kept for its use. A name stays: links
 * that wait are stored under it.
 */
export const LINKS = {
  /** Makes the garage that was asked for. `next`: the page that was asked for, and is shown afterwards. */
  "sign-up": {
    hours: 24,
    data: z.object({
      name: z.string(),
      garageName: z.string(),
      passwordHash: z.string(),
      next: z.string().default("/"),
      /** Of the secret of the browser that asked: in any other one `passwordHash` is not used. */
      browserHash: z.string().nullable().default(null),
    }),
  },
  "password-reset": { hours: 1, data: z.object({ next: z.string().default("/") }) },
  /** One goes to each address; the user's becomes `newEmail` when both were used. */
  "email-change": { hours: 24, data: z.object({ side: z.enum(["old", "new"]), newEmail: z.string() }) },
  /** Makes whoever has the address a member of the organisation. `invitedBy`: a user's id. */
  invitation: { hours: 7 * 24, data: z.object({ role: z.enum(ROLES), invitedBy: z.uuid() }) },
} as const;

export type LinkKind = keyof typeof LINKS;

/** What is given with a new link. */
export type LinkInput<Kind extends LinkKind> = z.input<(typeof LINKS)[Kind]["data"]>;

/** What its use is told. */
export type LinkData<Kind extends LinkKind> = z.output<(typeof LINKS)[Kind]["data"]>;
