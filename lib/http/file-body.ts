import { AppError } from "@/lib/shared/errors";

export type FileBody = {
  readonly name: string;
  readonly bytes: number | undefined;
  readonly body: AsyncIterable<Uint8Array>;
};

/** A file that a request brings as its raw body, with its name in `?name=`. Reading it throws where the sender breaks off. */
export function fileOf(request: Request): FileBody {
  const length = request.headers.get("content-length");
  return {
    name: new URL(request.url).searchParams.get("name") ?? "",
    bytes: length !== null && /^\d{1,15}$/.test(length) ? Number(length) : undefined,
    body: read(request),
  };
}

async function* read(request: Request): AsyncGenerator<Uint8Array> {
  if (!request.body) return;
  try {
    yield* request.body as unknown as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw new AppError("invalid_input", "The file could not be read to its end.", { cause });
  }
}
