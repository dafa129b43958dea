import { queryOptions } from "@tanstack/react-query";
import type { AccountDto } from "./account/get-account";
import type { SessionDto, SessionsDto } from "./account/list-sessions";
import {
  checkAnyCode,
  checkAppCode,
  checkEmail,
  checkName,
  checkNewPassword,
  checkPresentPassword,
  PASSWORD_HINT,
} from "./account-checks";
import type { RecoveryCodes } from "./second-factor/confirm-set-up";
import type { SetUp } from "./second-factor/set-up";
import type { InvitationDto, MemberDto, TeamDto } from "./team/get-team";
import { ROLE_WORDS } from "./team/role-words";
import { mayOnTeam } from "./team/rules";

export type { AccountDto, InvitationDto, MemberDto, RecoveryCodes, SessionDto, SessionsDto, SetUp };
/** What the server would refuse is not offered. */
/** The browser checks what is typed as the server does. */
export {
  checkAnyCode,
  checkAppCode,
  checkEmail,
  checkName,
  checkNewPassword,
  checkPresentPassword,
  mayOnTeam,
  PASSWORD_HINT,
  ROLE_WORDS,
};

// A key is the path of its API.

export const accountQuery = () => queryOptions<AccountDto>({ queryKey: ["settings", "account"] });

export const sessionsQuery = () =>
  queryOptions<SessionsDto>({ queryKey: ["settings", "account", "sessions"] });

export const teamQuery = () => queryOptions<TeamDto>({ queryKey: ["settings", "team"] });
