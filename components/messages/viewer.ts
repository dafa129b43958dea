/** Who looks at the inbox, and what they may do there. */
export type InboxViewer = {
  readonly userId: string;
  readonly userName: string;
  readonly canSend: boolean;
  readonly canManage: boolean;
};
