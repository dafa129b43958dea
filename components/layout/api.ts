/** An answer that is not 2xx, or none at all (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
  }

  /** Refused or not part of this subscription: asking again changes nothing. */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500;
  }
}

type ErrorBody = { readonly error?: { readonly code?: string; readonly message?: string } };

const UNREACHABLE = "Torqueflow could not be reached. Check your connection and try again.";

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch(() => {
    throw new ApiError(0, "unreachable", UNREACHABLE);
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const { error } = (body ?? {}) as ErrorBody;
  throw new ApiError(
    response.status,
    error?.code ?? "internal",
    error?.message ?? "Something went wrong on our side.",
  );
}

/** GET as JSON; throws an ApiError whose message may be shown. */
export const readApi = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  request(path, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) });

/** POST JSON and read JSON; throws an ApiError whose message may be shown. */
export const sendApi = <T>(path: string, body: unknown = {}): Promise<T> =>
  request(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });
