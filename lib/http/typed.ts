import { z } from "zod";
import { MAX_EMAIL, MAX_PASSWORD, MIN_PASSWORD } from "@/lib/auth/account-checks";
import { isDay } from "@/lib/shared/london-time";
import { visibleName, visibleText } from "@/lib/shared/visible-text";
import { ownPath } from "./own-path";

/** A name in one line, cleaned, in which something can be seen. */
export const typedName = (maxLength: number) =>
  z
    .string()
    .transform((text) => visibleName(text) ?? "")
    .pipe(z.string().min(1).max(maxLength));

/** What somebody wrote, cleaned, in which something can be seen. */
export const typedText = (maxLength: number) =>
  z
    .string()
    .transform((text) => visibleText(text) ?? "")
    .pipe(z.string().min(1).max(maxLength));

/** A day of the calendar, "YYYY-MM-DD", as a query or a form has it. */
export const day = z.string().refine(isDay);

/** A time, ISO 8601 with its offset. */
export const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** What somebody wrote below a picture, cleaned; empty where nothing of it can be seen. */
export const typedCaption = (maxLength: number) =>
  z
    .string()
    .transform((text) => visibleText(text) ?? "")
    .pipe(z.string().max(maxLength));

/** The key that a browser gives one request: it is carried out once, however often it is sent. */
export const clientKey = z.string().regex(/^[\w.:-]{8,64}$/);

/** A page that somebody was on their way to; "/" for whatever leads elsewhere. */
export const destination = z.string().max(2_000).transform(ownPath).default("/");

/** An address as sign-in takes it. */
export const emailAddress = z.email().max(MAX_EMAIL);

/** A password as it is chosen. */
export const newPassword = z.string().min(MIN_PASSWORD).max(MAX_PASSWORD);

/** The token of a mailed link. */
export const linkToken = z.string().min(1).max(200);
