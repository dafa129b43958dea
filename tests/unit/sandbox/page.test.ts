import { expect, test } from "vitest";
import { html } from "@/tests/sandbox/page/escape";
import { startPair } from "./support";

test("values are escaped, markup of the same kind is not", () => {
  const name = `<img src=x onerror="alert('1')">&`;
  expect(String(html`<b title="${name}">${html`<i>${1}</i>`}</b>`)).toBe(
    '<b title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;"><i>1</i></b>',
  );
});

test("the page is whole: every file it names is served, and nothing else", async () => {
  const { sandbox } = await startPair();
  const page = await fetch(`${sandbox.url}/`);
  const markup = await page.text();
  const named = [...markup.matchAll(/(?:src|href)="(\/page\/[^"]+)"/g)].map((match) => match[1] ?? "");
  expect(named).toContain("/page/main.js");
  const seen = new Set<string>();
  for (const name of named) await expectServed(sandbox.url, name, seen);
  expect(seen.size).toBeGreaterThan(12);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect((await fetch(`${sandbox.url}/page/..%2froutes.ts`)).status).toBe(404);
});

/** Follows a script's imports. */
async function expectServed(url: string, name: string, seen: Set<string>): Promise<void> {
  if (seen.has(name)) return;
  seen.add(name);
  const file = await fetch(url + name);
  expect([name, file.status]).toEqual([name, 200]);
  for (const match of (await file.text()).matchAll(/from "\.(\/[\w-]+\.js)"/g))
    await expectServed(url, `/page${match[1]}`, seen);
}

test("a hostile name or address cannot become part of the page", async () => {
  const { sandbox } = await startPair();
  await sandbox.control.addLine({ slug: "evil", name: '"><script>alert(1)</script>' });
  const page = await fetch(
    `${sandbox.url}/?line=evil&customer=${encodeURIComponent('"><script>alert(2)</script>')}`,
  );
  const markup = await page.text();
  expect(markup).not.toContain("<script>alert");
  expect(markup).toContain("&lt;script&gt;alert(1)");
});
