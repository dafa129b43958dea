/** Whether the file system failed with this code. */
export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && Reflect.get(error, "code") === code;
