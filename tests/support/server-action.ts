import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const MANIFEST = path.resolve(import.meta.dirname, "../../.next/server/server-reference-manifest.json");
const manifest = z.object({ node: z.record(z.string(), z.object({ exportedName: z.string() })) });

/** The id under which the built application knows a server action. */
function actionId(name: string): string {
  const { node } = manifest.parse(JSON.parse(readFileSync(MANIFEST, "utf8")));
  const id = Object.keys(node).find((one) => node[one]?.exportedName === name);
  if (!id) throw new Error(`The build has no server action ${name}.`);
  return id;
}

export type Caller = { readonly url: string; readonly cookie: string; readonly page: string };

/** Calls a server action over HTTP, as the page does, with its bound arguments first; what it returned. */
export async function callAction(caller: Caller, name: string, args: readonly unknown[]): Promise<unknown> {
  const answer = await fetch(new URL(caller.page, caller.url), {
    method: "POST",
    headers: {
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      cookie: caller.cookie,
      "next-action": actionId(name),
      origin: caller.url,
    },
    body: JSON.stringify(args),
  });
  const text = await answer.text();
  const row = text.split("\n").find((line) => line.startsWith("1:"));
  if (!row) throw new Error(`${name} was answered ${answer.status}: ${text.slice(0, 200)}`);
  return JSON.parse(row.slice(2));
}
