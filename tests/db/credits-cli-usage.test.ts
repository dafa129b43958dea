import { describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { givenMember } from "@/tests/factories/buyer";
import { creditsCli as credits } from "@/tests/factories/credits-cli";
import { givenOrganisation } from "@/tests/factories/organisation";

const ctx = systemContext("test");

describe("used wrongly", () => {
  test.each([
    [[], "Say what to do."],
    [["steal", "brightside"], 'There is no command "steal".'],
    [["balance"], "balance needs a slug."],
    [["balance", "a", "b"], '"b" is one argument too many.'],
    [["balance", "a", "--key", "k"], "balance has no option --key."],
    [["grant", "a"], "grant needs a slug and an amount."],
    [["grant", "a", "0"], '"0" is not an amount'],
    [["grant", "a", "-5"], '"-5" is not an amount'],
    [["grant", "a", "1.5"], '"1.5" is not an amount'],
    [["grant", "a", "1e3"], '"1e3" is not an amount'],
    [["grant", "a", "999999999999"], "At most 100,000,000 credits"],
    [["grant", "a", "5", "--kind", "monthly"], "--kind is gifted or purchased."],
    [
      ["grant", "a", "5", "--kind", "purchased", "--expires", "2099-01-01"],
      "Purchased credits never expire.",
    ],
    [["grant", "a", "5", "--price", "3"], "--price and --name are for purchased credits."],
    [["grant", "a", "5", "--kind", "purchased", "--price", "3.5"], '"3.5" is not a price'],
    [["grant", "a", "5", "--expires", "2099-02-30"], '"2099-02-30" is not a date'],
    [["grant", "a", "5", "--expires", "2020-01-01"], "--expires must be a day in the future."],
    [["adjust", "a"], "adjust takes one of --take N and --write-off N."],
    [["subscription", "a"], "subscription takes --state S, --bays N or --allowance N."],
    [["subscription", "a", "--bays", "2", "--allowance", "900"], "not both"],
    [["subscription", "a", "--bays", "51"], "--bays takes a number from 1 to 50."],
    [["subscription", "a", "--state", "paused"], "--state is one of trial, active,"],
    [["reconcile"], "reconcile needs a slug."],
    [["find"], "find needs a garage's name, or an address of its team."],
    [["second-factor", "a@b.test", "--off"], "second-factor takes an email address, --off and --reason."],
    [["reconcile", "a", "--all"], "reconcile takes one slug, or --all."],
    [["balance", "a", "--colour"], "--colour"],
  ])("%j: exit code 2 and why", async (argv, why) => {
    const { code, said, complaint } = await credits(...argv);
    expect({ code, said }).toEqual({ code: 2, said: "" });
    expect(complaint).toContain(why);
    expect(complaint).toContain("--help");
  });

  test("an unknown slug is answered with those there are", async () => {
    const { slug } = await givenOrganisation(ctx);
    const { code, complaint } = await credits("balance", "nobody");
    expect(code).toBe(1);
    expect(complaint).toContain('There is no organisation "nobody". There are: ');
    expect(complaint).toContain(slug);
  });

  test("find tells a garage’s slug, by its name or an address of its team", async () => {
    const { orgId, slug, name } = await givenOrganisation(ctx);
    const { email } = await givenMember(ctx, orgId, "owner");
    const { email: advisor } = await givenMember(ctx, orgId, "advisor");
    for (const words of [name.toUpperCase(), slug, email, advisor]) {
      const { code, said } = await credits("find", ...words.split(" "));
      expect([words, code]).toEqual([words, 0]);
      expect(said.split("\n").map((line) => line.split(/ {2,}/))).toContainEqual([slug, name, email]);
    }
    expect(await credits("find", "no such garage")).toMatchObject({
      code: 1,
      said: expect.stringContaining("No garage"),
    });
  });

  test("what was typed moves no cursor and colours nothing", async () => {
    const { complaint } = await credits("balance", "no\u001b[31mbody\r\u0085\u009b2J");
    expect(complaint).toContain('There is no organisation "nobody');
    expect(complaint).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  test("a key and a reason have an end", async () => {
    const { slug } = await givenOrganisation(ctx);
    const refused = await credits("grant", slug, "5", "--key", "k".repeat(300));
    expect([refused.code, refused.complaint]).toEqual([1, "A key has at most 255 characters."]);
    const rambling = await credits("freeze", slug, "--reason", "r".repeat(201));
    expect([rambling.code, rambling.complaint]).toEqual([1, "A reason has at most 200 characters."]);
  });

  test("one credit is a credit", async () => {
    const { slug } = await givenOrganisation(ctx);
    expect((await credits("grant", slug, "1", "--key", "one-credit")).said).toMatch(
      /Granted 1 gifted credit to .+[\s\S]+Balance +1 credit\n/,
    );
    expect((await credits("adjust", slug, "--take", "1")).said).toContain("Took 1 credit.");
  });

  test("--help explains every command", async () => {
    const { code, said } = await credits("--help");
    expect(code).toBe(0);
    for (const word of ["balance", "grant", "freeze", "unfreeze", "reconcile", "--key"])
      expect(said).toContain(word);
  });
});
