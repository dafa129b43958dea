import { describe, expect, it } from "vitest";
import {
  type Actor,
  actorName,
  asSystem,
  requireMember,
  requireSupport,
  requireSystem,
  supportContext,
  systemContext,
} from "./context";

const owner: Actor = { kind: "member", userId: "u", orgId: "o", role: "owner" };
const support: Actor = { kind: "support", userId: "cli" };
const system: Actor = { kind: "system", name: "job" };

describe("three actors", () => {
  it("each is only itself", () => {
    expect(requireMember(owner, "o", "billing.view")).toBe(owner);
    expect(requireSupport(support)).toBe(support);
    expect(requireSystem(system)).toBe(system);
    const refused = [
      () => requireMember(support, "o", "billing.view"),
      () => requireMember(system, "o", "billing.view"),
      () => requireSupport(owner),
      () => requireSupport(system),
      () => requireSystem(owner),
      () => requireSystem(support),
    ];
    for (const ask of refused) expect(ask).toThrow(expect.objectContaining({ code: "forbidden" }));
  });

  it("a member needs the permission, and does not learn of another organisation", () => {
    expect(() => requireMember({ ...owner, role: "advisor" }, "o", "billing.view")).toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
    expect(() => requireMember(owner, "other", "billing.view")).toThrow(
      expect.objectContaining({ code: "not_found" }),
    );
  });

  it("what a person decided is carried out by the system, in that person's name", () => {
    const carriedOut = asSystem(supportContext("cli"), "support");
    expect(requireSystem(carriedOut.actor).name).toBe("support");
    expect(actorName(carriedOut.actor)).toBe("support:cli");
    expect(actorName(systemContext("sweep").actor)).toBe("system:sweep");
  });
});
