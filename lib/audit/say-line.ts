import { formatPhone } from "@/lib/shared/format";
import { type ActFacts, saySubject } from "./core/say-facts";

const CHANNELS: Readonly<Record<string, string>> = { voice: "Phone", whatsapp: "WhatsApp", sms: "SMS" };

type LineFacts = {
  readonly input: ActFacts | null;
  readonly before: ActFacts | null;
  readonly after: ActFacts | null;
};

/** A line as its garage knows it: "WhatsApp 0113 496 0091"; the channel alone where only a provider's id was kept. */
export function sayLine({ input, before, after }: LineFacts): string {
  const kept = String(after?.line ?? before?.line ?? saySubject(input) ?? "");
  const [channel = "", identity = ""] = kept.split(" ");
  const name = CHANNELS[channel];
  if (name === undefined) return "of a channel that this page has no name for yet";
  const number = [input?.number, before?.number, after?.number, identity].find(isNumber);
  return number === undefined ? name : `${name} ${formatPhone(number)}`;
}

const isNumber = (value: ActFacts[string] | undefined): value is string =>
  typeof value === "string" && value.startsWith("+");
