/** Who looks at the inbox, and what they may do there. */
export type InboxViewer = {
  readonly userName: string;
  readonly canSend: boolean;
  readonly canManage: boolean;
};
