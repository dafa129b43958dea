async function call(method, path, body) {
  const response = await fetch(`/control${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}.`);
  return answer;
}

export const api = {
  get: (path) => call("GET", path),
  post: (path, body = {}) => call("POST", path, body),
  patch: (path, body) => call("PATCH", path, body),
  remove: (path) => call("DELETE", path),
};

/** Listens to what happens, for as long as the page is open. */
export function listen({ open, ...handlers }) {
  const source = new EventSource("/control/events");
  for (const [type, handle] of Object.entries(handlers))
    source.addEventListener(type, (event) => handle(JSON.parse(event.data)));
  // After a gap everything is asked for again.
  source.addEventListener("open", () => open());
}
