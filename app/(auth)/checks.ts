import { isVisible } from "@/lib/shared/visible-text";

export const MIN_PASSWORD = 10;
const MAX_PASSWORD = 128;
const MAX_NAME = 100;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** `missing`: what is said where nothing can be seen. */
export const checkName = (value: string, missing: string): string | undefined =>
  !isVisible(value) ? missing : value.length > MAX_NAME ? `Use at most ${MAX_NAME} characters` : undefined;

export function checkPassword({ length }: string): string | undefined {
  if (length < MIN_PASSWORD) return `Use at least ${MIN_PASSWORD} characters`;
  return length > MAX_PASSWORD ? `Use at most ${MAX_PASSWORD} characters` : undefined;
}

export const checkEmail = (value: string): string | undefined =>
  EMAIL.test(value.trim()) ? undefined : "Enter an email address, such as name@garage.co.uk";
