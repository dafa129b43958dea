import { queryOptions } from "@tanstack/react-query";
import type { AccountDto } from "./account/get-account";
import type { SessionDto, SessionsDto } from "./account/list-sessions";
import {
  checkAnyCode,
  checkAppCode,
  checkName,
  checkNewEmail,
  checkNewPassword,
  checkPresentPassword,
} from "./core/account-checks";
import type { RecoveryCodes } from "./second-factor/confirm-set-up";
import type { SetUp } from "./second-factor/set-up";

export type { AccountDto, RecoveryCodes, SessionDto, SessionsDto, SetUp };
/** The browser checks what is typed as the server does. */
export { checkAnyCode, checkAppCode, checkName, checkNewEmail, checkNewPassword, checkPresentPassword };

// A key is the path of its API.

export const accountQuery = () => queryOptions<AccountDto>({ queryKey: ["settings", "account"] });

export const sessionsQuery = () =>
  queryOptions<SessionsDto>({ queryKey: ["settings", "account", "sessions"] });
