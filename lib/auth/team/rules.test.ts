import { describe, expect, test } from "vitest";
import { ROLES } from "../permissions";
import { mayOnTeam, type TeamAct } from "./rules";

const verdict = (role: string, act: TeamAct, owners = 2) => mayOnTeam({ role, owners }, act);
/** What each role, and one that we do not know, is told: owner, manager, advisor, technician, other. */
const verdicts = (act: TeamAct, owners?: number) =>
  [...ROLES, "admin"].map((role) => verdict(role, act, owners));

const OFFICE = ["allowed", "allowed", "not-yours", "not-yours", "not-yours"];
const OWNERS = ["allowed", "owners-only", "not-yours", "not-yours", "not-yours"];

describe("who may do what to whom", () => {
  test.each<[string, TeamAct, readonly string[]]>([
    ["invite a manager", { kind: "invite", role: "manager" }, OFFICE],
    ["invite a technician", { kind: "invite", role: "technician" }, OFFICE],
    ["invite an owner", { kind: "invite", role: "owner" }, OWNERS],
    ["send an advisor’s invitation again", { kind: "resend", role: "advisor" }, OFFICE],
    ["send an owner’s invitation again", { kind: "resend", role: "owner" }, OWNERS],
    ["withdraw an advisor’s invitation", { kind: "revoke", role: "advisor" }, OFFICE],
    ["withdraw an owner’s invitation", { kind: "revoke", role: "owner" }, OWNERS],
    ["make an advisor a manager", { kind: "change-role", from: "advisor", to: "manager" }, OFFICE],
    ["make a manager an owner", { kind: "change-role", from: "manager", to: "owner" }, OWNERS],
    ["make an owner a manager", { kind: "change-role", from: "owner", to: "manager" }, OWNERS],
    ["give an unknown role one of the four", { kind: "change-role", from: "admin", to: "advisor" }, OFFICE],
    ["make an unknown role an owner", { kind: "change-role", from: "admin", to: "owner" }, OWNERS],
    ["remove a manager", { kind: "remove", from: "manager" }, OFFICE],
    ["remove an unknown role", { kind: "remove", from: "admin" }, OFFICE],
    ["remove an owner", { kind: "remove", from: "owner" }, OWNERS],
    ["hand over to a technician", { kind: "hand-over", from: "technician" }, OWNERS],
  ])("%s", (_, act, expected) => expect(verdicts(act)).toEqual(expected));

  test("everybody may leave, but the last owner", () => {
    expect(verdicts({ kind: "leave" })).toEqual(Array(5).fill("allowed"));
    expect(verdicts({ kind: "leave" }, 1)).toEqual(["last-owner", ...Array(4).fill("allowed")]);
  });

  test("the last owner is neither removed nor demoted, by themselves either; handing over keeps one", () => {
    expect(verdict("owner", { kind: "remove", from: "owner" }, 1)).toBe("last-owner");
    expect(verdict("owner", { kind: "change-role", from: "owner", to: "manager" }, 1)).toBe("last-owner");
    expect(verdict("owner", { kind: "change-role", from: "owner", to: "owner" }, 1)).toBe("allowed");
    expect(verdict("owner", { kind: "hand-over", from: "advisor" }, 1)).toBe("allowed");
    expect(verdict("owner", { kind: "hand-over", from: "owner" })).toBe("is-owner");
  });
});
