"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { teamQuery } from "@/lib/auth/client";

export const TEAM_PATH = "/api/settings/team";

type TeamAct = {
  /** Below `/api/settings/team`. */
  readonly path: string;
  readonly body?: unknown;
  readonly method?: "POST" | "PUT";
  /** What is said once it is done. */
  readonly done: string;
};

/** Changes the team, then shows it as it is. What went wrong is left to the caller to show. */
export function useTeamAct({ path, body, method = "POST", done }: TeamAct, after: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => sendApi(`${TEAM_PATH}${path}`, body ?? {}, method),
    onSuccess: () => {
      toast.success(done);
      after();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: teamQuery().queryKey }),
  });
}
