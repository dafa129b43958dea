/** What the audit log is filtered by, with what stands before the slash of its actions. */
export const ACT_KINDS = {
  garage: ["garage"],
  persona: ["persona"],
  channels: ["line"],
  team: ["team"],
  notifications: ["notifications"],
  account: ["account"],
  billing: ["billing", "gift", "adjust", "sell", "set-subscription"],
  messages: ["messages"],
} as const satisfies Record<string, readonly string[]>;

export type ActKind = keyof typeof ACT_KINDS;

/** To the organisation a freeze looks like exhausted credits: its owner reads nothing of it here either. */
export const UNSHOWN_ACTIONS: readonly string[] = ["freeze", "unfreeze"];

/** What an action is about; null for one that a newer version has written. */
export function kindOf(action: string): ActKind | null {
  const [area = ""] = action.split("/");
  const found = Object.entries(ACT_KINDS).find(([, areas]) => (areas as readonly string[]).includes(area));
  return (found?.[0] as ActKind | undefined) ?? null;
}
