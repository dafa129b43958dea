export interface HeardEvents {
  status: number;
  /** The names of the events so far, oldest first. */
  names: string[];
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
  close: () => void;
}

/** Listens to the live events of a signed-in member, as a browser does. */
export async function listenTo(url: string, cookie: string): Promise<HeardEvents> {
  const gone = new AbortController();
  const response = await fetch(new URL("/api/events", url), { headers: { cookie }, signal: gone.signal });
  const names: string[] = [];
  const read = async (): Promise<void> => {
    let text = "";
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      names.splice(0, names.length, ...[...text.matchAll(/^event: (.+)$/gm)].map(([, name = ""]) => name));
    }
  };
  const ended = read().catch((error: unknown) => {
    if (!gone.signal.aborted) throw error;
  });
  return { status: response.status, names, ended, close: () => gone.abort() };
}
