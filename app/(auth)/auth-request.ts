import { ApiError } from "@/components/layout/api";
import type { Refusal } from "./auth-form";

/** With `secondStep` nobody is signed in yet: the code of an app is asked for first. */
type Answer = { readonly secondStep?: true } | null;

/** What a link that signs in is answered with. */
export type Opened = { readonly next: string; readonly secondStep?: true };

/** Where the browser goes on with its new session, or to give the code that is asked for before it has one. */
export const goOn = ({ next, secondStep }: Opened, place = ""): void =>
  location.assign(`${secondStep ? `/sign-in/code?next=${encodeURIComponent(next)}` : next}${place}`);

/**
 * Sends a form; on success the browser goes on, so that every server component sees the new session. A place on the page
 * that was asked for, such as the card a mail leads to, comes along: the browser kept it through the redirect.
 */
export const sendForm = (send: () => Promise<Answer>, then: string): Promise<Refusal> =>
  refusalOf(async () => goOn({ ...(await send()), next: then }, location.hash));

/** Sends something; undefined where that succeeded, else why it was refused. */
export async function refusalOf(send: () => Promise<unknown>): Promise<Refusal> {
  try {
    await send();
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { message: error.message, field: error.field };
  }
}

/** A page in front of the workspace which leads to `next` in the end. */
export const leadingTo = (page: "/sign-in" | "/sign-up" | "/forgot-password", next: string) =>
  next === "/" ? page : (`${page}?next=${encodeURIComponent(next)}` as const);
