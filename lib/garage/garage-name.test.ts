import { expect, test } from "vitest";
import { checkGarageName, MAX_GARAGE_NAME } from "./garage-name";

test("a garage's name is seen, counts as it is stored, and one that is longer already stays good", () => {
  const longest = "x".repeat(MAX_GARAGE_NAME);
  expect(checkGarageName("\u200b", "\u200b")).toBeDefined();
  expect(checkGarageName(`  ${longest} `)).toBeUndefined();
  expect(checkGarageName(`${longest}x`)).toBe("Use at most 60 characters");
  expect(checkGarageName(` ${longest}x`, `${longest}x`)).toBeUndefined();
  expect(checkGarageName(`${longest}y`, `${longest}x`)).toBe("Use at most 60 characters");
});
