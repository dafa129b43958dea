/** What of a conversation is shown, listed and told to the AI: what was withdrawn unsent is not part of it. */
export const VISIBLE = (message: string): string => `${message}.status IS DISTINCT FROM 'withdrawn'`;
