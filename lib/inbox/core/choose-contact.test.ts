import { expect, it } from "vitest";
import { chooseContact, type KnownContact } from "./choose-contact";
import type { MessageSender } from "./message";

const NUMBER = "447700900123";
const contact = (
  id: string,
  waId: string | null,
  bsuid: string | null,
  externalId = bsuid ?? waId ?? "",
): KnownContact => ({
  id,
  externalId,
  waId,
  bsuid,
});
const sender = (names: { waId?: string; bsuid?: string; formerly?: string }): MessageSender => ({
  externalId: names.bsuid ?? names.waId ?? "",
  ...names,
  canBeAnswered: true,
});
const a1 = contact("a1", NUMBER, "GB.A1");
const byNumber = contact("n", NUMBER, null);

it.each<[string, MessageSender, KnownContact[], boolean, string | undefined]>([
  ["somebody new", sender({ waId: NUMBER, bsuid: "GB.A1" }), [], false, undefined],
  ["a user id is a person", sender({ waId: NUMBER, bsuid: "GB.A1" }), [a1], false, "a1"],
  ["whatever number comes with it", sender({ waId: "447700900999", bsuid: "GB.A1" }), [a1], false, "a1"],
  ["another id is another person", sender({ waId: NUMBER, bsuid: "GB.B2" }), [a1], false, undefined],
  [
    "who is known by number is adopted by the first id",
    sender({ waId: NUMBER, bsuid: "GB.A1" }),
    [byNumber],
    false,
    "n",
  ],
  [
    "but not where the number is shared",
    sender({ waId: NUMBER, bsuid: "GB.C3" }),
    [byNumber],
    true,
    undefined,
  ],
  ["a number alone is whoever has it", sender({ waId: NUMBER }), [a1], false, "a1"],
  ["if that is one person", sender({ waId: NUMBER }), [a1, contact("b2", NUMBER, "GB.B2")], true, undefined],
  ["a shared number is itself", sender({ waId: NUMBER }), [a1, byNumber], true, "n"],
  [
    "also where one of the two has another number by now",
    sender({ waId: NUMBER }),
    [contact("b2", NUMBER, "GB.B2")],
    true,
    undefined,
  ],
  [
    "a new id of somebody known by their old one",
    sender({ waId: "447700900999", bsuid: "GB.A9", formerly: "GB.A1" }),
    [a1],
    false,
    "a1",
  ],
  [
    "a new number of somebody known by the old one",
    sender({ waId: "447700900999", formerly: NUMBER }),
    [byNumber],
    false,
    "n",
  ],
  [
    "an SMS number",
    { externalId: "+447700900123", phone: "+447700900123", canBeAnswered: true },
    [contact("s", null, null, "+447700900123")],
    false,
    "s",
  ],
])("%s", (_, who, known, shared, id) => {
  expect(chooseContact(who, known, shared)?.id).toBe(id);
});
