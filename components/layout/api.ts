/** An answer that is not 2xx, or none at all (status 0). Its message may be shown. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** Which part of the input was at fault. */
  readonly field: string | undefined;

  constructor(status: number, code: string, message: string, field?: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.field = field;
  }

  /**
   * Refused or not part of this subscription: asking again changes nothing. Where another tab has chosen another garage it
   * may, once this page's garage is chosen again: what was read before stays on the page.
   */
  get isFinal(): boolean {
    if (this.code === "organisation_changed") return false;
    return this.status >= 400 && this.status < 500 && this.status !== 429;
  }
}

type ErrorBody = {
  readonly error?: { readonly code?: string; readonly message?: string; readonly field?: string };
};

export const UNREACHABLE = "Torqueflow could not be reached. Check your connection and try again.";
export const WENT_WRONG = "Something went wrong on our side. Please try again in a moment.";

/** The organisation that this page shows, as the server rendered it: what the page asks for is meant for no other. */
export const organisationShown = (): string =>
  document.querySelector<HTMLElement>("[data-organisation]")?.dataset.organisation ?? "";

/** A request for the organisation that this page shows. Throws an ApiError unless the answer is 2xx. */
export async function fetchApi(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  const organisation = organisationShown();
  if (organisation) headers.set("x-organisation", organisation);
  const response = await fetch(path, { ...init, headers }).catch(() => {
    throw new ApiError(0, "unreachable", UNREACHABLE);
  });
  if (response.ok) return response;
  const { error } = ((await response.json().catch(() => null)) ?? {}) as ErrorBody;
  throw new ApiError(response.status, error?.code ?? "internal", error?.message ?? WENT_WRONG, error?.field);
}

const readJson = async <T>(response: Response): Promise<T> => (await response.json().catch(() => null)) as T;

/** GET as JSON. */
export const readApi = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
  readJson(await fetchApi(path, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) }));

/** What a POST of JSON looks like. */
export const jsonPost = (body: unknown, method = "POST"): RequestInit => ({
  method,
  headers: { "content-type": "application/json", accept: "application/json" },
  body: JSON.stringify(body),
});

/** POST, or another method, JSON and read JSON. */
export const sendApi = async <T>(path: string, body: unknown = {}, method = "POST"): Promise<T> =>
  readJson(await fetchApi(path, jsonPost(body, method)));
