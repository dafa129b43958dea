import { type LineProblem, problem, type Severity, SUPPORT, unknownWord } from "./line-problem";
import type { LineReading, Pointing, SmsReading, VoiceReading } from "./reading";
import { whatsAppProblems } from "./whatsapp-problems";

export type { LineProblem };

export type LineFacts = {
  readonly channel: "voice" | "whatsapp" | "sms";
  readonly connected: boolean;
  /** Whether a signed delivery for it has ever come. */
  readonly reached: boolean;
  /** The last that the provider said; undefined before it has said anything. */
  readonly reading: LineReading | undefined;
  /** The latest question had no answer. */
  readonly failure: "refused" | "silent" | null;
};

type Words = {
  readonly provider: string;
  readonly what: string;
  readonly them: string;
  readonly reach: string;
};

const WORDS: Readonly<Record<LineFacts["channel"], Words>> = {
  voice: {
    provider: "The phone provider",
    what: "Calls",
    them: "Callers",
    reach: "Ring this number from your own phone.",
  },
  whatsapp: {
    provider: "WhatsApp",
    what: "Messages",
    them: "Customers",
    reach: "Write to this number from your own WhatsApp.",
  },
  sms: {
    provider: "Twilio",
    what: "Texts",
    them: "Customers",
    reach: "Text this number from your own phone.",
  },
};

/** Everything that is wrong with a line, the worst first. An assigned line that is not connected has no problem yet but what its provider says. */
export function problemsOf(facts: LineFacts): LineProblem[] {
  const { channel, connected, reached, reading, failure } = facts;
  const found = [
    ...failureOf(channel, failure),
    ...(reading ? readProblems(channel, connected, reading) : []),
  ];
  const isQuiet = connected && !reached && !found.some(({ severity }) => severity === "stops");
  const all = isQuiet ? [...found, neverReached(channel)] : found;
  return all.sort((one, other) => RANK[one.severity] - RANK[other.severity]);
}

const RANK: Readonly<Record<Severity, number>> = { stops: 0, limits: 1, unknown: 2 };

function neverReached(channel: LineFacts["channel"]): LineProblem {
  const { what, reach } = WORDS[channel];
  return problem(
    "never-reached",
    "unknown",
    `${what} to this number have never reached Torqueflow.`,
    `${reach} If this stays for more than two minutes, tell Torqueflow’s support.`,
    "garage",
  );
}

function failureOf(channel: LineFacts["channel"], failure: LineFacts["failure"]): LineProblem[] {
  const { provider } = WORDS[channel];
  if (failure === "refused")
    return [
      problem(
        "token-refused",
        "unknown",
        `${provider} does not accept Torqueflow’s access, so this line’s state cannot be told.`,
        `${SUPPORT} They renew the access.`,
      ),
    ];
  if (failure === "silent")
    return [
      problem(
        "no-answer",
        "unknown",
        `${provider} did not answer, so this line’s state cannot be told.`,
        "Check again in a minute. Your customers may not notice anything of this.",
        "garage",
      ),
    ];
  return [];
}

function readProblems(
  channel: LineFacts["channel"],
  connected: boolean,
  reading: LineReading,
): LineProblem[] {
  const { provider, what } = WORDS[channel];
  if (!reading.exists)
    return [
      problem(
        "not-ours",
        "stops",
        `${provider} has no such number in Torqueflow’s account: ${what.toLowerCase()} to it do not arrive.`,
        SUPPORT,
      ),
    ];
  const pointing = connected ? pointingProblems(channel, reading.pointing) : [];
  switch (reading.channel) {
    case "voice":
      return [...voiceProblems(connected, reading), ...pointing];
    case "whatsapp":
      return [...whatsAppProblems(connected, reading), ...pointing];
    case "sms":
      return [...smsProblems(reading), ...pointing];
  }
}

function pointingProblems(channel: LineFacts["channel"], { at, host }: Pointing): LineProblem[] {
  const { what } = WORDS[channel];
  const mend = channel === "whatsapp" ? "support" : "button";
  const next = mend === "button" ? "Press Connect again: it is set to come to Torqueflow." : SUPPORT;
  if (at === "elsewhere")
    return [
      problem(
        "points-elsewhere",
        "stops",
        `${what} to this number go to ${host ?? "another system"}, not to Torqueflow.`,
        next,
        mend,
      ),
    ];
  if (at === "nowhere")
    return [
      problem("points-nowhere", "stops", `${what} to this number are not sent to Torqueflow.`, next, mend),
    ];
  return [];
}

function voiceProblems(connected: boolean, { status, assistant }: VoiceReading): LineProblem[] {
  const found: LineProblem[] = [];
  if (status === "blocked")
    found.push(problem("blocked", "stops", "The phone provider has blocked this number.", SUPPORT));
  else if (status === "activating")
    found.push(
      problem(
        "activating",
        "stops",
        "The phone provider is still activating this number.",
        "Check again in an hour. If this stays for a day, tell Torqueflow’s support.",
        "garage",
      ),
    );
  else if (status !== null && status !== "active")
    found.push(unknownWord("The phone provider", "state", status));
  if (connected && assistant)
    found.push(
      problem(
        "other-assistant",
        "stops",
        "Another assistant answers this number: your greeting and your credits play no part in its calls.",
        "Press Connect again: Torqueflow’s assistant answers then.",
        "button",
      ),
    );
  return found;
}

const smsProblems = ({ capable }: SmsReading): LineProblem[] =>
  capable
    ? []
    : [
        problem(
          "no-sms",
          "stops",
          "This number cannot send or receive texts.",
          `${SUPPORT} Another number is needed.`,
        ),
      ];
