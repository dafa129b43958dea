/** What is there already, wherever and by whomever it was done. */
export type FirstRunFacts = {
  readonly hasPhone: boolean;
  readonly hasHours: boolean;
  readonly hasPersona: boolean;
  /** The phone line to make a test call from: support assigns a number, then an owner connects it. */
  readonly line: "none" | "assigned" | "connected";
  /** A test call was made, or a customer has called. */
  readonly hasCalled: boolean;
  /** Somebody was invited, or is there beside the one who began. */
  readonly hasTeam: boolean;
};

export type FirstStep = {
  readonly key: "garage" | "persona" | "test-call" | "team";
  readonly title: string;
  /** What it is for. */
  readonly text: string;
  /** What is still to be done, in a word or two each; nothing once it is done. */
  readonly missing: readonly string[];
  /** What has to be done first: Torqueflow's support assigns a number, or the garage connects it. */
  readonly first: "assign-line" | "connect-line" | null;
};

const LACKS = { none: "a phone line", assigned: "a connected phone line", connected: "a test call" } as const;
const FIRST = { none: "assign-line", assigned: "connect-line", connected: null } as const;

/** The four steps in their order. A step is done by fact, never by a click. */
export function firstSteps(facts: FirstRunFacts): FirstStep[] {
  const unless = (there: boolean, what: string): string[] => (there ? [] : [what]);
  const { line, hasCalled } = facts;
  return [
    {
      key: "garage",
      title: "Garage details",
      text: "Your telephone number and opening hours: the AI tells them to your customers.",
      missing: [...unless(facts.hasPhone, "telephone number"), ...unless(facts.hasHours, "opening hours")],
      first: null,
    },
    {
      key: "persona",
      title: "AI persona",
      text: "How your assistant greets callers, and how it sounds.",
      missing: unless(facts.hasPersona, "your check of the suggested greeting and voice"),
      first: null,
    },
    {
      key: "test-call",
      title: "A test call",
      text: "Hear your assistant before your customers do. A test call uses no credits.",
      missing: unless(hasCalled, LACKS[line]),
      first: hasCalled ? null : FIRST[line],
    },
    {
      key: "team",
      title: "Your team",
      text: "Invite whoever looks after calls and messages.",
      missing: unless(facts.hasTeam, "an invitation"),
      first: null,
    },
  ];
}
