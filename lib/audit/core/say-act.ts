import { type ActFacts, type SaidChange, sayChanges, sayCredits, saySubject, sayValue } from "./say-facts";

export type ActToSay = {
  readonly action: string;
  readonly input: ActFacts | null;
  readonly before: ActFacts | null;
  readonly after: ActFacts | null;
  /** Whom it was done to, as they are called now; null where nobody of the garage has the subject's address. */
  readonly person?: string | null;
  /** The line that it was done to, as people know it. */
  readonly line?: string;
};

/** After the name of who did it: "changed the phone number from … to …". */
export type SaidAct = { readonly text: string; readonly changes: readonly SaidChange[] };

type Words = (act: ActToSay) => string | SaidAct;

const whom = (act: ActToSay): string => act.person ?? saySubject(act.input) ?? "somebody";
const was = (act: ActToSay, fact: string): string => sayValue(fact, act.before?.[fact]) ?? "nothing";
const is = (act: ActToSay, fact: string): string => sayValue(fact, act.after?.[fact]) ?? "nothing";
const asRole = (role: string): string => (/^[aeio]/.test(role) ? `an ${role}` : `a ${role}`);

const LETTERS: Readonly<Record<string, string>> = {
  "credits-expiring": "gifted credits about to expire",
  "top-up-limit-reached": "the monthly limit of auto top-up",
};

/** One change in the sentence itself, several below it. */
const changed =
  (several: string): Words =>
  ({ before, after }) => {
    const changes = sayChanges(before, after);
    const [only] = changes;
    return changes.length === 1 && only && isShort(only)
      ? { text: sayChange(only), changes: [] }
      : { text: several, changes };
  };

const SHORT = 80;
const isShort = ({ from, to }: SaidChange): boolean => (from ?? "").length + (to ?? "").length <= SHORT;

function sayChange({ what, from, to }: SaidChange): string {
  if (to === "on" || to === "off") return `switched the ${what} ${to}`;
  if (from === null) return `set the ${what} to “${to}”`;
  return to === null
    ? `removed the ${what}, which was “${from}”`
    : `changed the ${what} from “${from}” to “${to}”`;
}

const bays = (count: ActFacts[string] | undefined): string => `${count} ${count === 1 ? "bay" : "bays"}`;

/** After "Stripe", which does not tell us who did it. */
function saySubscription(act: ActToSay): string | SaidAct {
  const { before, after } = act;
  const only = (fact: string) => Object.keys(after ?? {}).join() === fact;
  if (before === null || Object.keys(before).length === 0)
    return `reports a new subscription for ${bays(after?.bays)}, billed ${is(act, "billed")}`;
  if (only("ends"))
    return after?.ends
      ? `reports that the subscription was cancelled, as of ${is(act, "ends")}`
      : "reports that the subscription was resumed: it goes on";
  return { text: "reports that the subscription was changed", changes: sayChanges(before, after) };
}

/** Every action there is, by the name under which it is kept. */
const WORDS: Readonly<Record<string, Words>> = {
  "garage/changed": changed("changed the garage’s details"),
  "persona/changed": changed("changed the AI persona"),
  "line/assigned": ({ line }) => `assigned the line ${line}`,
  "line/taken": ({ line }) => `took the line ${line} away`,
  "line/connected": ({ line }) => `connected the line ${line}`,
  "line/disconnected": ({ line }) => `disconnected the line ${line}`,
  "team/invited": (act) => `invited ${whom(act)} as ${asRole(is(act, "role"))}`,
  "team/invited-again": (act) => `sent ${whom(act)} the invitation again`,
  "team/invitation-withdrawn": (act) => `withdrew the invitation of ${whom(act)}`,
  "team/joined": (act) => `joined the team as ${asRole(is(act, "role"))}`,
  "team/role-changed": (act) =>
    `changed the role of ${whom(act)} from ${was(act, "role")} to ${is(act, "role")}`,
  "team/removed": (act) => `removed ${whom(act)}, who was ${asRole(was(act, "role"))}`,
  "team/left": (act) => `left the team, as ${asRole(was(act, "role"))}`,
  "team/owner-handed-over": (act) => `handed ownership over to ${whom(act)}`,
  "notifications/changed": ({ after }) => {
    const [[letter, wanted] = ["", false]] = Object.entries(after ?? {});
    return `switched their emails about ${LETTERS[letter] ?? "one more subject"} ${wanted ? "on" : "off"}`;
  },
  "account/renamed": (act) => `changed their name from “${was(act, "name")}” to “${is(act, "name")}”`,
  // Support can switch it off for somebody: whose it is always said.
  "account/second-factor": (act) =>
    `switched two-step verification of ${whom(act)} ${act.after?.twoStep ? "on" : "off"}`,
  "account/recovery-codes-renewed": () => "made new recovery codes",
  "account/password-changed": () => "changed their password",
  "account/password-reset": () => "set a new password by email",
  "account/email-changed": (act) =>
    `changed their address from “${was(act, "email")}” to “${is(act, "email")}”`,
  "account/signed-out-everywhere": () => "signed out on every device",
  "billing/plan-chosen": (act) =>
    `subscribed for ${bays(act.after?.bays)}, billed ${is(act, "billed")}, and paid at Stripe`,
  "billing/pack-bought": (act) =>
    `bought ${whom(act)}: ${sayCredits(act.after?.amount)} for ${is(act, "pricePence")}`,
  "billing/portal-opened": () => "opened Stripe’s billing portal",
  "billing/subscription-changed": saySubscription,
  "billing/top-up-enabled": ({ before, after }) => ({
    text: "switched auto top-up on",
    changes: sayChanges(before, after),
  }),
  "billing/top-up-updated": changed("changed auto top-up"),
  "billing/top-up-disabled": () => "switched auto top-up off",
  "messages/canned-response-saved": (act) => `saved the canned response ${whom(act)}`,
  "messages/canned-response-removed": (act) => `removed the canned response ${whom(act)}`,
  gift: ({ input }) => `gave ${sayCredits(input?.amount)} as a gift`,
  adjust: ({ input }) => `corrected the balance by ${sayCredits(input?.amount)}`,
  sell: ({ input }) =>
    `added ${sayCredits(input?.amount)}, paid by other means: ${input?.packName}, ${sayValue("pricePence", input?.pricePence)}`,
  "set-subscription": ({ before, after }) => {
    const terms = /^(state|number of bays|allowance)$/;
    return {
      text: "changed the subscription",
      changes: sayChanges(before, after).filter(({ what }) => terms.test(what)),
    };
  },
};

/** Whether an action has words of its own. */
export const hasWords = (action: string): boolean => Object.hasOwn(WORDS, action);

/** What was done, as an owner reads it after a name. What a newer version has written is shown as it stands. */
export function sayAct(act: ActToSay): SaidAct {
  const words = hasWords(act.action) ? WORDS[act.action] : undefined;
  if (!words) {
    const subject = saySubject(act.input);
    const about = subject === undefined ? "" : `: ${subject}`;
    return {
      text: `did something that this page has no words for yet (“${act.action}”)${about}`,
      changes: sayChanges(act.before, act.after),
    };
  }
  const said = words(act);
  return typeof said === "string" ? { text: said, changes: [] } : said;
}
