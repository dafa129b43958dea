import { readFileSync } from "node:fs";
import { parseEnv as parseDotenv } from "node:util";
import { expect, test } from "vitest";
import { parseEnv } from "./env";

const example: Record<string, string | undefined> = parseDotenv(readFileSync(".env.example", "utf8"));
const demo = { ...example, TORQUEFLOW_DEMO: "1" };

/** Names by which the commands of the repository set it themselves: no example stands for it. */
const SET_BY_COMMANDS = new Set(["NODE_ENV", "PORT"]);

function problemsOf(source: Record<string, string | undefined>): string {
  try {
    parseEnv(source);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test(".env.example is a whole environment for the demo", () => {
  expect(problemsOf(demo)).toBe("");
});

test("demo values are refused without TORQUEFLOW_DEMO=1, each by its name", () => {
  for (const flag of ["0", undefined]) {
    const problems = problemsOf({ ...example, TORQUEFLOW_DEMO: flag });
    for (const name of ["AUTH_SECRET", "VAPI_WEBHOOK_SECRET", "VAPI_API_KEY"]) {
      expect(problems).toContain(`${name}: a demo value, refused unless TORQUEFLOW_DEMO=1`);
    }
    expect(problems).not.toContain("torqueflow-demo");
  }
});

test(".env.example copied as it stands is refused", () => {
  expect(problemsOf(example)).not.toBe("");
});

test("every variable which the application reads stands in .env.example, below a comment", () => {
  const read = new Set<string>();
  const spy = new Proxy(demo, {
    get: (source, name) => {
      if (typeof name === "string") read.add(name);
      return Reflect.get(source, name);
    },
  });
  parseEnv(spy);
  const variables = [...read].filter((name) => /^[A-Z][A-Z0-9_]+$/.test(name) && !SET_BY_COMMANDS.has(name));
  expect(variables).toContain("DATABASE_URL");
  expect(variables.filter((name) => !(name in example))).toEqual([]);

  const lines = readFileSync(".env.example", "utf8").split("\n");
  const groups = lines.filter(
    (line, index) => /^[A-Z]/.test(line) && /^(#|[A-Z])/.test(lines[index - 1] ?? ""),
  );
  expect(groups).toHaveLength(Object.keys(example).length);
});

test("an error names every variable at fault and never shows its value", () => {
  const problems = problemsOf({
    ...demo,
    AUTH_SECRET: "too-short-to-serve",
    DATABASE_URL: "mysql://root:hunter2@db/x",
    USD_GBP_RATE: "0,79",
  });
  for (const name of ["AUTH_SECRET", "DATABASE_URL", "USD_GBP_RATE"]) expect(problems).toContain(`${name}: `);
  for (const value of ["too-short-to-serve", "hunter2", "0,79"]) expect(problems).not.toContain(value);
});

test("money settings become exact integers", () => {
  const settings = parseEnv({ ...demo, USD_GBP_RATE: "0.79", CREDIT_RATIO_VOICE: "1.25" });
  expect(settings.USD_GBP_RATE).toBe(790_000n);
  expect(settings.CREDIT_RATIO_VOICE).toBe(1_250_000n);
});

test("mail needs a server by SMTP, and a sender that is an address, alone or with a name", () => {
  for (const EMAIL_FROM of [
    "a@b.test",
    "Torqueflow <a@b.test>",
    "Torqueflow Müller & Co <a.b+c@mail.b.test>",
  ])
    expect(problemsOf({ ...demo, EMAIL_FROM })).toBe("");
  for (const EMAIL_FROM of [
    "",
    "Torqueflow",
    "a@b.test, c@d.test",
    "Torqueflow\nBcc: x <a@b.test>",
    "<a@b.test",
  ])
    expect(problemsOf({ ...demo, EMAIL_FROM })).toContain("EMAIL_FROM: ");
  expect(problemsOf({ ...demo, SMTP_URL: "smtps://user:pass@mail.test:465" })).toBe("");
  for (const SMTP_URL of ["", "mail.test", "https://mail.test"])
    expect(problemsOf({ ...demo, SMTP_URL })).toContain("SMTP_URL: ");
});
