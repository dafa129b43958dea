import { QueryClientProvider } from "@tanstack/react-query";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { createQueryClient } from "@/components/live/query-client";
import type { Role } from "@/lib/auth/permissions";
import { LeaveCard } from "./leave-card";
import { ONLY_OWNER } from "./only-owner";

const shown = (role: Role, owners: number) =>
  renderToString(
    <QueryClientProvider client={createQueryClient()}>
      <LeaveCard orgName="Brightside" role={role} owners={owners} />
    </QueryClientProvider>,
  );

test("the last owner reads what to do first instead of a way out; everybody else may leave", () => {
  expect(shown("owner", 1)).toContain(ONLY_OWNER);
  expect(shown("owner", 1)).not.toContain("Leave garage");
  for (const html of [shown("owner", 2), shown("manager", 0), shown("technician", 0)]) {
    expect(html).toContain("Leave garage");
    expect(html).not.toContain(ONLY_OWNER);
  }
});
