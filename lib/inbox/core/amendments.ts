/** A customer's later word about a message: new text, or that it is withdrawn. */
export type Amendment = {
  readonly type: "edit" | "revoke";
  /** The provider's id of the message it is about. */
  readonly refersTo: string;
  /** An edit's new text. */
  readonly body: string;
  readonly at: Date;
};

export type Amended = {
  readonly body: string;
  readonly editedAt: Date | null;
  readonly revokedAt: Date | null;
};

/** A message as it stands after these, in whatever order they came: the latest edit counts, and withdrawn stays withdrawn. */
export function amend(
  message: { providerId: string; body: string },
  amendments: readonly Amendment[],
): Amended {
  const about = amendments.filter(({ refersTo }) => refersTo === message.providerId);
  const latest = (type: Amendment["type"]): Amendment | undefined =>
    about.filter((one) => one.type === type).reduce<Amendment | undefined>(later, undefined);
  const edit = latest("edit");
  return {
    body: edit?.body ?? message.body,
    editedAt: edit?.at ?? null,
    revokedAt: latest("revoke")?.at ?? null,
  };
}

const later = (a: Amendment | undefined, b: Amendment): Amendment => (a !== undefined && a.at > b.at ? a : b);
