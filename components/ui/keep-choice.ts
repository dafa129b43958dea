const YEAR_SECONDS = 31_536_000;

/** Keeps a choice of this device for a year in a cookie, so that the server renders the page as it will be; null forgets it. */
export function keepChoice(name: string, value: string | null): void {
  const age = value === null ? 0 : YEAR_SECONDS;
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API
  document.cookie = `${name}=${value ?? ""}; path=/; max-age=${age}; samesite=lax`;
}
