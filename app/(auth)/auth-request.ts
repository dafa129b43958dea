import { ApiError } from "@/components/layout/api";
import type { Refusal } from "./auth-form";

/**
 * Sends a form; on success the browser goes on, so that every server component sees the new session. A place on the page
 * that was asked for, such as the card a mail leads to, comes along: the browser kept it through the redirect.
 */
export async function sendForm(send: () => Promise<unknown>, then: string): Promise<Refusal> {
  try {
    await send();
    location.assign(`${then}${location.hash}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { message: error.message, field: error.field };
  }
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export const checkEmail = (value: string): string | undefined =>
  EMAIL.test(value.trim()) ? undefined : "Enter an email address, such as name@garage.co.uk";
