/** Who looks at the Voice Dashboard, and what else they may do. */
export type VoiceViewer = {
  readonly userId: string;
  readonly userName: string;
  /** Whether they may write to customers. */
  readonly canText: boolean;
};
