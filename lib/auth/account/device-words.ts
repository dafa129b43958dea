import Bowser from "bowser";

/** A browser as its user knows it. */
export type Device = {
  /** "Chrome on Windows", "Safari on iPhone"; "Unknown browser" where it says nothing that we know. */
  readonly words: string;
  readonly kind: "desktop" | "mobile" | "tablet";
};

/** Beyond this nothing of a header helps, and patterns would take their time. */
const MAX_LENGTH = 400;

const UNKNOWN: Device = { words: "Unknown browser", kind: "desktop" };

/** What a `User-Agent` header tells: a guess for people, never a ground to decide on. */
export function describeDevice(userAgent: string | null): Device {
  if (!userAgent) return UNKNOWN;
  const { browser, os, platform } = Bowser.parse(userAgent.slice(0, MAX_LENGTH));
  const kind = platform.type === "mobile" || platform.type === "tablet" ? platform.type : "desktop";
  const on = platform.model && platform.vendor === "Apple" ? platform.model : os.name;
  const name = (browser.name || "Unknown browser").replace(/ for Android$/, "");
  const words = [name, ...(on ? [on] : [])].join(" on ");
  return { words, kind };
}
