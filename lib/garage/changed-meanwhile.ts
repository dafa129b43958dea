import { AppError } from "@/lib/shared/errors";

/** A form is older than what is stored: what it was read from has been replaced. */
export const changedMeanwhile = (): AppError =>
  new AppError("conflict", "Somebody has changed this meanwhile.");
