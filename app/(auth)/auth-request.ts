import { ApiError } from "@/components/layout/api";
import type { Refusal } from "./auth-form";

/** How a way in is answered: signed in, or the code of an app is asked for first. */
type Answer = { readonly secondStep?: true } | null;

/**
 * Sends a form; on success the browser goes on, so that every server component sees the new session. A place on the page
 * that was asked for, such as the card a mail leads to, comes along: the browser kept it through the redirect.
 */
export async function sendForm(send: () => Promise<Answer>, then: string): Promise<Refusal> {
  try {
    const answer = await send();
    const to = answer?.secondStep ? `/sign-in/code?next=${encodeURIComponent(then)}` : then;
    location.assign(`${to}${location.hash}`);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { message: error.message, field: error.field };
  }
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export const checkEmail = (value: string): string | undefined =>
  EMAIL.test(value.trim()) ? undefined : "Enter an email address, such as name@garage.co.uk";
