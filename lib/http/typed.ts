import { z } from "zod";
import { visibleName, visibleText } from "@/lib/shared/visible-text";

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
