/** What is there already, wherever and by whomever it was done. */
export type FirstRunFacts = {
  readonly hasPhone: boolean;
  readonly hasHours: boolean;
  readonly hasPersona: boolean;
  /** A connected phone line, to make a test call from. */
  readonly hasLine: boolean;
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
  /** Torqueflow's support has to do something first. */
  readonly needsSupport: boolean;
};

/** The four steps in their order. A step is done by fact, never by a click. */
export function firstSteps(facts: FirstRunFacts): FirstStep[] {
  const unless = (there: boolean, what: string): string[] => (there ? [] : [what]);
  const steps: Omit<FirstStep, "needsSupport">[] = [
    {
      key: "garage",
      title: "Garage details",
      text: "Your telephone number and opening hours: the AI tells them to your customers.",
      missing: [...unless(facts.hasPhone, "telephone number"), ...unless(facts.hasHours, "opening hours")],
    },
    {
      key: "persona",
      title: "AI persona",
      text: "How your assistant greets callers, and how it sounds.",
      missing: unless(facts.hasPersona, "greeting and voice"),
    },
    {
      key: "test-call",
      title: "A test call",
      text: "Hear your assistant before your customers do. A test call uses no credits.",
      missing: unless(facts.hasCalled, facts.hasLine ? "a test call" : "a phone line"),
    },
    {
      key: "team",
      title: "Your team",
      text: "Invite whoever looks after calls and messages.",
      missing: unless(facts.hasTeam, "an invitation"),
    },
  ];
  const needsLine = !facts.hasCalled && !facts.hasLine;
  return steps.map((step) => ({ ...step, needsSupport: step.key === "test-call" && needsLine }));
}
