import { queryOptions } from "@tanstack/react-query";
import type { LetterChoice } from "./choose-letter";
import type { NotificationsDto } from "./get-notifications";

export type { LetterChoice, NotificationsDto };

export const notificationsQuery = () =>
  queryOptions<NotificationsDto>({ queryKey: ["settings", "notifications"] });

/** Where a letter is switched on or off (PUT). */
export const NOTIFICATIONS_PATH = "/api/settings/notifications";
