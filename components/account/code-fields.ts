import { checkAnyCode, checkAppCode, checkPresentPassword } from "@/lib/auth/client";
import type { FieldSpec } from "./fields";

export type Password = { current: string };
export type Code = { code: string };

export const PRESENT_PASSWORD: FieldSpec<Password> = {
  name: "current",
  label: "Current password",
  type: "password",
  autoComplete: "current-password",
  check: checkPresentPassword,
};

export const APP_CODE: FieldSpec<Code> = {
  name: "code",
  label: "Code from your app",
  type: "text",
  autoComplete: "one-time-code",
  digits: true,
  check: checkAppCode,
};

const ANY_CODE: FieldSpec<Code> = {
  ...APP_CODE,
  label: "Code from your app, or a recovery code",
  check: checkAnyCode,
};

/** What a change of a second factor that is on asks for. */
export const PASSWORD_AND_CODE: readonly FieldSpec<Password & Code>[] = [
  { ...PRESENT_PASSWORD, name: "current" },
  { ...ANY_CODE, name: "code", digits: false },
];
