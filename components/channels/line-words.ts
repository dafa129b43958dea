import type { LineDto } from "@/lib/lines/client";
import { formatPhone } from "@/lib/shared/format";

type Channel = LineDto["channel"];

export const CHANNEL_NAME: Readonly<Record<Channel, string>> = {
  voice: "Phone",
  whatsapp: "WhatsApp",
  sms: "SMS",
};

/** What becomes of customers while a number is not connected. */
export const UNCONNECTED: Readonly<Record<Channel, string>> = {
  voice:
    "Until it is connected, callers can only leave a message with an assistant that does not name your garage, and you are not told of them.",
  whatsapp: "Until it is connected, messages to it are not answered, and nobody in your garage sees them.",
  sms: "Until it is connected, texts to it are not answered, and nobody in your garage sees them.",
};

/** The same, said before it is disconnected. */
export const DISCONNECTED: Readonly<Record<Channel, string>> = {
  voice:
    "Callers can then only leave a message with an assistant that does not name your garage, and you are not told of them. Calls that are under way end as they began.",
  whatsapp:
    "Messages to it are then not answered, nobody in your garage sees them, and nothing can be sent in its conversations.",
  sms: "Texts to it are then not answered, nobody in your garage sees them, and nothing can be sent in its conversations.",
};

export const TAKEN_OVER: Readonly<Record<Channel, string>> = {
  voice: "Calls",
  whatsapp: "Messages",
  sms: "Texts",
};

/** How people read a line's number; what its provider calls it where nobody has said it yet. */
export const lineName = ({ number, identity }: LineDto): string => formatPhone(number ?? identity);

type Standing = { readonly label: string; readonly tone: "good" | "warn" | "bad" | "neutral" | "accent" };

/** In two words, by the worst that is known. */
export function standingOf({ state, problems, checkedAt }: LineDto, checking: boolean): Standing {
  const worst = problems[0];
  if (worst?.severity === "stops")
    return { label: state === "assigned" ? "Cannot be connected" : "Not working", tone: "bad" };
  if (state === "assigned") return { label: "Not connected", tone: "accent" };
  if (checkedAt === null && checking) return { label: "Checking…", tone: "neutral" };
  if (worst?.severity === "limits") return { label: "Limited", tone: "warn" };
  if (worst?.code === "never-reached") return { label: "Not tried yet", tone: "neutral" };
  if (worst) return { label: "State unknown", tone: "warn" };
  return { label: "Working", tone: "good" };
}
