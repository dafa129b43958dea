/** Set to "hidden" on a device that shows no customer beside conversations. */
export const COLUMN_COOKIE = "customer-column";

/** Who looks at the inbox, and what they may do there. */
export type InboxViewer = {
  readonly userId: string;
  readonly userName: string;
  readonly canSend: boolean;
  readonly canManage: boolean;
  readonly canSeeCalls: boolean;
  /** As the page was rendered: the customer stands beside conversations where there is room. */
  readonly columnShown: boolean;
};
