import { AppError } from "@/lib/shared/errors";

/** For a browser's key that comes again with something else: called a repeat, that would be lost without a word. */
export const usedKey = (): AppError =>
  new AppError(
    "conflict",
    "This was not kept: its key belongs to something that was sent before. Try again.",
  );
