import type { z } from "zod";
import {
  addressKnown,
  confirmAddress,
  emailChangeConfirm,
  emailChanged,
  passwordChanged,
  passwordReset,
  secondFactorChanged,
} from "./letters/access";
import { invitation, ownersChanged } from "./letters/team";

/** Every letter to one person, by the name under which it is queued. A name stays: letters that wait are stored under it. */
export const PERSONAL_LETTERS = {
  "confirm-address": confirmAddress,
  "address-known": addressKnown,
  "password-reset": passwordReset,
  "password-changed": passwordChanged,
  "second-factor-changed": secondFactorChanged,
  "email-change-confirm": emailChangeConfirm,
  "email-changed": emailChanged,
  invitation,
  "owners-changed": ownersChanged,
};

export type PersonalLetterName = keyof typeof PERSONAL_LETTERS;

/** What a letter must be told. */
export type PersonalLetterData<Name extends PersonalLetterName> = z.input<
  (typeof PERSONAL_LETTERS)[Name]["data"]
>;

/** Undefined for a name that no letter has any more. */
export const findPersonalLetter = (
  name: string,
): (typeof PERSONAL_LETTERS)[PersonalLetterName] | undefined =>
  Object.hasOwn(PERSONAL_LETTERS, name) ? PERSONAL_LETTERS[name as PersonalLetterName] : undefined;
