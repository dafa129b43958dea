/** `?limit=` of a list: a whole number, else the default; verbs bound it. */
export function limitOf(request: Request, fallback: number): number {
  const limit = Number(new URL(request.url).searchParams.get("limit") ?? fallback);
  return Number.isSafeInteger(limit) && limit > 0 ? limit : fallback;
}
