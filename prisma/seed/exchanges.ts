import type { DemoCustomer } from "./records";

/** What is known of who writes: a customer on record, or somebody new. */
export type Writer = Pick<DemoCustomer, "name" | "phone"> & Partial<Pick<DemoCustomer, "registration">>;

export type Exchange = {
  readonly intent: string;
  readonly ask: (writer: Writer) => string;
  readonly answer: (writer: Writer) => string;
};

const car = ({ registration }: Writer): string => registration ?? "my car";

/** What customers write, and how the AI answers them. */
export const EXCHANGES: readonly Exchange[] = [
  {
    intent: "work_status",
    ask: (writer) => `Hi, is ${car(writer)} ready yet?`,
    answer: () => "It is still with the technician. We expect it to be ready after four this afternoon.",
  },
  {
    intent: "booking",
    ask: (writer) => `Could you fit ${car(writer)} in for an MOT this week?`,
    answer: () =>
      "Yes, we have Thursday at 9:00 or Friday at 14:00. Which would suit you? A colleague confirms the booking.",
  },
  {
    intent: "opening_hours",
    ask: () => "Are you open on Saturday?",
    answer: () => "Yes, we’re open on Saturday morning. You can drop the key at reception.",
  },
  {
    intent: "price",
    ask: () => "How much is a full service please?",
    answer: () =>
      "It depends on the car. Send me the registration and a technician will confirm a price for you.",
  },
  {
    intent: "fault",
    ask: () => "There’s a knocking noise from the front when I go over bumps",
    answer: () =>
      "That is worth having looked at soon. We can see it tomorrow at 8:30. Shall a colleague book you in?",
  },
  {
    intent: "thanks",
    ask: () => "Brilliant, thanks for sorting the tyres so quickly",
    answer: () => "You’re welcome, and thank you for letting us know. Safe driving!",
  },
  {
    intent: "collection",
    ask: () => "What time do you shut tonight? I’ll collect after work",
    answer: () => "We close at 17:30. If you run late, tell us and we’ll leave the key in the safe box.",
  },
];

/** Asked on the last evening: the AI hands it to a person. */
export const FOR_A_PERSON = {
  ask: "Can I speak to somebody about the bill please? I think I was charged twice for the wipers",
  summary: "Asks for a person about the last invoice: believes the wiper blades were charged twice.",
};

export const QUESTIONS: readonly { readonly question: string; readonly answer: string }[] = [
  {
    question: "2016 Qashqai 1.5 dCi, P0299 under load, no smoke. Where do I start?",
    answer:
      "Start with the boost side: smoke-test the intercooler hoses, then check the vacuum line to the turbo actuator and that its rod moves freely. If both hold, compare the boost sensor with the atmospheric reading at ignition on, and look at the EGR valve for a stuck-open position.",
  },
  {
    question: "Fiesta 1.0 EcoBoost losing coolant, no visible leak",
    answer:
      "Pressure-test it cold for 20 minutes and look at the degas pipe and the thermostat housing first. If it holds pressure, do a combustion-leak test at the expansion tank, then check the oil for emulsion before you open anything.",
  },
  {
    question: "Torque for the caliper carrier bolts on a Golf 7 rear axle?",
    answer:
      "I am not certain for this variant, so check the workshop manual before you tighten them. Replace the carrier bolts: they are stretch bolts and must not be used again.",
  },
  {
    question: "Yaris Hybrid, brake pedal feels hard after the battery was changed",
    answer:
      "Read the skid control unit first: after a disconnected battery the linear solenoid valve offset has to be learnt again with a tester. Bleed only if the fluid level or the stroke sensor says so.",
  },
  {
    question: "Transit Custom 2.2 cranks but will not start when warm",
    answer:
      "Look at rail pressure while cranking warm: below about 200 bar it will not inject. Suspect the injectors’ leak-off first, then the metering valve. Compare the crank sensor’s signal hot and cold before you replace parts.",
  },
];
