/** Whole body, any case. Source: support.twilio.com 223134027 */
const STOP = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]);
const START = new Set(["START", "UNSTOP"]);
const HELP = new Set(["HELP", "INFO"]);

export type OptOutType = "STOP" | "START" | "HELP";

/** What Twilio sends back by itself on a long code. */
export const CONFIRMATIONS: Readonly<Record<OptOutType, string>> = {
  STOP: "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.",
  START:
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
  HELP: "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
};

/** Who asked which number (or messaging service) to stop. */
export function createOptOuts() {
  const pairs = new Set<string>();
  const keyOf = (sender: string, customer: string): string => `${sender}|${customer}`;
  return {
    has: (sender: string, customer: string): boolean => pairs.has(keyOf(sender, customer)),
    set: (sender: string, customer: string, optedOut: boolean): void => {
      if (optedOut) pairs.add(keyOf(sender, customer));
      else pairs.delete(keyOf(sender, customer));
    },
    /** Acts on a keyword and says which it was. YES counts as START only for somebody who had stopped. */
    hear: (sender: string, customer: string, body: string): OptOutType | undefined => {
      const word = body.trim().toUpperCase();
      const key = keyOf(sender, customer);
      if (STOP.has(word)) {
        pairs.add(key);
        return "STOP";
      }
      if (START.has(word) || (word === "YES" && pairs.has(key))) {
        pairs.delete(key);
        return "START";
      }
      return HELP.has(word) ? "HELP" : undefined;
    },
    list: (): { sender: string; customer: string }[] =>
      [...pairs].map((key) => {
        const [sender = "", customer = ""] = key.split("|");
        return { sender, customer };
      }),
    reset: () => pairs.clear(),
  };
}

export type OptOuts = ReturnType<typeof createOptOuts>;
