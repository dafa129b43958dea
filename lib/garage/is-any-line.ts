import { hasLine } from "./store/profiles";

/**
 * Whether what comes to this E.164 number is answered by any garage's AI. A trial of a line goes to none: it bills nothing, and
 * that garage would pay for its part.
 */
export const isAnyLine = (e164: string): Promise<boolean> => hasLine(e164);
