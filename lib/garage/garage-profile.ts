/** What the AI and the canned words may say of a garage to its customers. */
export type GarageProfile = {
  readonly orgId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly portalUrl: string | null;
};
