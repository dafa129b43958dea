import type { z } from "zod";
import type { Content } from "./letter";

/** What a letter to one person is written with, beside its own data. */
export type PersonalPlace = {
  readonly now: Date;
  /** The address of a page of ours. What stands behind `#` never reaches a server: tokens stand there. */
  readonly page: (path: `/${string}`) => string;
};

type Definition<Data extends z.ZodType> = {
  readonly data: Data;
  /** With the reason for which the reader has it: they may belong to no garage. */
  readonly write: (data: z.output<Data>, place: PersonalPlace) => Content;
};

/** A letter to one person: what it must be told, and its words. Nobody can do without it. */
export function personalLetter<Data extends z.ZodType>({ data, write }: Definition<Data>) {
  return {
    data,
    /** Writes the letter from what was stored for it. Throws where that is not the letter's. */
    compose: (stored: unknown, place: PersonalPlace): Content => write(data.parse(stored), place),
  };
}
