import { announceGarages } from "@/lib/db/announce";
import { dropLines } from "./directory";
import { forgetGarage } from "./find-garage";

/**
 * To be called after the commit of every change of a garage's profile, hours, persona or lines: this process answers by the
 * change at once, the others within a second, and the garage's open settings pages read it again.
 */
export function garageChanged(orgId: string): void {
  dropGarage(orgId);
  announceGarages([orgId]);
}

/** What this process knows of a garage is read again before it counts; without the database the last known serves. */
export function dropGarage(orgId: string): void {
  dropLines(orgId);
  forgetGarage(orgId);
}
