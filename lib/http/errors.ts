import { isTransient } from "@/lib/db/sql-errors";
import { AppError, isAppError } from "@/lib/shared/errors";

/** Any thrown value as one of the closed list; what it said stays in the log. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (isTransient(error))
    return new AppError("unavailable", "Please try again in a moment.", { cause: error });
  return new AppError("internal", "Something went wrong on our side.", { cause: error });
}
