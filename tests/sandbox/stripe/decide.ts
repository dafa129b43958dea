import type { CardOnFile } from "./cards";
import type { DeclineName } from "./declines";

export interface Circumstances {
  /** The customer is not there to authenticate. */
  offSession: boolean;
  /** The customer just has. */
  authenticated: boolean;
}

export type Verdict =
  | { kind: "succeeds" }
  | { kind: "settles-later" }
  | { kind: "asks" }
  | { kind: "declined"; decline: DeclineName };

/** What the bank makes of a charge; it changes nothing. */
export function decide(onFile: CardOnFile, { offSession, authenticated }: Circumstances): Verdict {
  const { card, isSetUp, declinesNow } = onFile;
  if (declinesNow) return { kind: "declined", decline: declinesNow };
  if (!card) return { kind: "settles-later" };
  if (card.declines) return { kind: "declined", decline: card.declines };
  if (offSession && card.declinesOffSession) return { kind: "declined", decline: card.declinesOffSession };
  const asks =
    card.asks === "always" ||
    (card.asks === "until-set-up" && !isSetUp) ||
    (card.asks === "on-session" && !offSession);
  if (asks && !authenticated)
    return offSession ? { kind: "declined", decline: "authentication_required" } : { kind: "asks" };
  if (card.declinesOnceAuthenticated) return { kind: "declined", decline: card.declinesOnceAuthenticated };
  return { kind: "succeeds" };
}
