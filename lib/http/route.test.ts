import { DatabaseError } from "pg";
import { expect, test } from "vitest";
import { AppError, describeError } from "@/lib/shared/errors";
import { currentScope } from "@/lib/shared/log-scope";
import { route } from "./route";

const call = (handler: Parameters<typeof route>[1], headers: Record<string, string> = {}) =>
  route("test", handler)(new Request("http://test.example/", { headers }));

const failWith = (error: unknown) => () => {
  throw error;
};

function databaseError(code: string): DatabaseError {
  const error = new DatabaseError("duplicate key: Key (phone)=(+447700900123) exists", 0, "error");
  return Object.assign(error, {
    severity: "ERROR",
    code,
    detail: "Key (phone)=(+447700900123)",
    constraint: "customer_phone_once",
    table: "customer",
  });
}

test("what a handler returns goes out with a request id", async () => {
  const response = await call(() => currentScope());
  expect(response.headers.get("x-request-id")).toBe((await response.json()).requestId);
});

test("the caller's request id is kept if it is one", async () => {
  const id = async (given: string) =>
    (await call(() => new Response(), { "x-request-id": given })).headers.get("x-request-id");
  expect(await id("abc-123456")).toBe("abc-123456");
  expect(await id("a b c d e f g")).not.toContain(" ");
  expect(await id("x".repeat(65))).toMatch(/^[0-9a-f-]{36}$/);
});

test.each<[string, unknown, number, string]>([
  ["an error of the closed list", new AppError("not_found", "Not found."), 404, "not_found"],
  ["a lost database", Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), 503, "unavailable"],
  ["a serialization failure", databaseError("40001"), 503, "unavailable"],
  ["a broken constraint", databaseError("23505"), 500, "internal"],
  ["a bug", new TypeError("secret internals"), 500, "internal"],
  ["a thrown text", "secret internals", 500, "internal"],
])("%s becomes its status and code, without what it said", async (_, error, status, code) => {
  const response = await call(failWith(error));
  const body = await response.text();
  expect(response.status).toBe(status);
  expect(JSON.parse(body)).toEqual({ error: { code, message: expect.any(String) } });
  expect(body).not.toMatch(/secret|44770|customer_phone/);
});

test("an error is described for the log without the rows or input it quotes", () => {
  const described = describeError(new AppError("internal", "Something.", { cause: databaseError("23505") }));
  expect(described).toMatchObject({
    name: "AppError",
    cause: { code: "23505", constraint: "customer_phone_once" },
  });
  expect(JSON.stringify(described)).not.toContain("44770");
});
