/** Tells a local provider something by its control API; `base`: where the application finds that provider. */
export async function tellProvider(base: string, path: string, body: object): Promise<unknown> {
  const answer = await fetch(new URL(`/control${path}`, base), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the local provider answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
