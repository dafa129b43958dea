import { v7 } from "uuid";

/** A time-ordered uuid: rows made later sort later, and their index pages stay together. */
export const newId = (): string => v7();
