import { describe, expect, test } from "vitest";
import { linksIn } from "@/components/messages/links";
import { firstGap, slashBefore } from "@/components/messages/placeholders";
import { readMarks } from "@/components/messages/whatsapp-marks";
import { readCallBack } from "@/lib/calls/core/read-call-back";
import { searchTerms } from "@/lib/calls/core/search-terms";
import { isReactionText } from "@/lib/channels/sms/reaction-text";
import { readDialogue } from "@/lib/channels/voice/read-dialogue";
import { safeFileName } from "@/lib/files/safe-file-name";
import { readConsent } from "@/lib/inbox/core/consent-words";
import { numberForms, registrationForm } from "@/lib/inbox/core/search-forms";

const SHORT = 5_000;
/** Read in a straight line it costs this many times the short one; each character against each other, that squared. */
const TIMES = 8;
const GENEROUS = 3;
const NOISE_MS = 20;

const called = (transcript: string) =>
  readCallBack(
    { structured: [], transcript, summary: undefined, callerNumber: undefined, ownNumbers: new Set() },
    () => undefined,
    (text) => text,
  );

const READERS: readonly (readonly [string, (text: string) => unknown, readonly string[]])[] = [
  ["links", linksIn, [")", "(", ".", "www.a.b ", "https://", "www.", "a@"]],
  ["WhatsApp’s marks", readMarks, ["*a* ", "*a ", "*", "_*~", "```", "`", "```a", "*a\n", "a*"]],
  ["placeholders", firstGap, ["{", "{firstName", "{garage} "]],
  ["a shortcut", (text) => slashBefore(text, text.length), [" /", "/", " /a", "a"]],
  ["reactions", isReactionText, ["“", "”", "a", "👍", "to “", " to", "\u200B"]],
  ["consent", (text) => readConsent(text, undefined), [" ", "STOP "]],
  ["numbers", numberForms, ["(0)", "0", " ", "("]],
  ["registrations", registrationForm, ["A1", "A", " "]],
  ["calls searched for", searchTerms, ["a ", "0", "é"]],
  ["the name of a file", (text) => safeFileName(`a${text}a`), [".", " ", ". "]],
  ["a transcript", called, ["User: ", "User: it's\n", "it's ", "A-", "one ", "1", "+1", "double ", " "]],
  ["a dialogue", (text) => readDialogue([{ role: "user", message: text, secondsFromStart: 1 }]), [" ", "a "]],
];

const BEGINNINGS = ["", "https://a.b/", "Liked “", "Reacted ", "👍 to “", "User: my name is "];

const cpuMs = (work: () => unknown): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/** The processor's time, so that a busy machine does not count. */
const fewest = (work: () => unknown): number => Math.min(cpuMs(work), cpuMs(work), cpuMs(work));

describe("a text that was made to be slow to read costs no more than its length", () => {
  test.each(READERS)("%s", (_, read, tokens) => {
    const slow = tokens.flatMap((token) =>
      BEGINNINGS.flatMap((beginning) => {
        const long = (length: number) => beginning + token.repeat(length / token.length);
        const texts = { short: long(SHORT), long: long(SHORT * TIMES) };
        const once = fewest(() => read(texts.short));
        const most = once * TIMES * GENEROUS + NOISE_MS;
        const took = cpuMs(() => read(texts.long));
        return took > most && fewest(() => read(texts.long)) > most ? [`${beginning}${token}…`] : [];
      }),
    );
    expect(slow).toEqual([]);
  });
});
