import { queryOptions } from "@tanstack/react-query";
import { bankHolidaysToAdd, NATIONS, type Nation } from "./core/bank-holidays";
import {
  type Closure,
  type DayHours,
  sayHours,
  USUAL_WEEK,
  WEEK,
  type Weekday,
  type WeekHours,
  withClosures,
} from "./core/opening-hours";
import type { GarageSettings } from "./garage-settings";
import type { PersonaSettings } from "./persona-settings";

export type { Closure, DayHours, GarageSettings, Nation, PersonaSettings, Weekday, WeekHours };
/** The browser says the hours as the AI is told them. */
export { bankHolidaysToAdd, NATIONS, sayHours, USUAL_WEEK, WEEK, withClosures };

// A key is the path of its API.

export const garageSettingsQuery = () => queryOptions<GarageSettings>({ queryKey: ["settings", "garage"] });

export const personaSettingsQuery = () =>
  queryOptions<PersonaSettings>({ queryKey: ["settings", "persona"] });
