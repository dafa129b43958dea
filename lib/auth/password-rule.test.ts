import { describe, expect, test } from "vitest";
import { refuseGuessable } from "./password-rule";

const OWNER = ["Pat Reed", "Reed’s Motors", "pat@reedmotors.co.uk"];

describe("refused, because guessers try it early", () => {
  test.each([
    ["a common one", "password123"],
    ["a row of digits", "1234567890"],
    ["one letter again and again", "aaaaaaaaaa"],
    ["a row of keys", "qwertyuiop"],
    ["a common one in disguise", "P@ssw0rd123"],
    ["a football club and a year", "arsenal1990"],
    ["a month and a year", "January2026"],
    ["the product's name", "torqueflow-1"],
    ["the garage's name", "Reed’s Motors1"],
    ["the garage's name in one word", "reed’smotors1"],
    ["its owner's name in one word", "PatReed2026"],
    ["the address", "pat@reedmotors.co.uk"],
    ["a common one in front of a long tail", `${"password".repeat(3)}xK7!`],
  ])("%s", async (_, password) => {
    await expect(refuseGuessable(password, OWNER)).rejects.toMatchObject({
      code: "invalid_input",
      field: "password",
    });
  });
});

describe("accepted", () => {
  test.each([
    "kettle-orbit-marmalade",
    "a long password",
    "gT5#kq9Lw2",
    "blue kettle on the moon",
    "Łódź żółw 1 gęś",
  ])("%s", async (password) => {
    await expect(refuseGuessable(password, OWNER)).resolves.toBeUndefined();
  });
});
