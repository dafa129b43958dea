import { z } from "zod";
import { prisma } from "@/lib/db/prisma";
import { DEMO_ORGANISATIONS } from "./organisations";

/** Raise it when the seed gains something: databases of an earlier version get what they lack at the next start. */
export const SEED_VERSION = 4;

/**
 * Kept in the organisation's metadata: the day around which its past was laid, the moment up to which (of version 4 on: an
 * earlier past ended the day before, and stays as it was posted), and what has been seeded.
 */
const mark = z.object({
  demoDay: z.iso.date(),
  seededAt: z.iso.datetime().optional(),
  seedVersion: z.int(),
});

type Mark = z.output<typeof mark>;

/** What is marked of each of the demo's organisations that is there. */
export async function readMarks(): Promise<Map<string, Mark>> {
  const rows = await prisma().organization.findMany({
    where: { id: { in: DEMO_ORGANISATIONS.map((org) => org.id) } },
    select: { id: true, metadata: true },
  });
  return new Map(rows.map((row) => [row.id, parseMark(row.metadata)]));
}

/** An organisation without a readable mark is somebody's own by now: nothing is added to it. */
function parseMark(metadata: string | null): Mark {
  try {
    return mark.parse(JSON.parse(metadata ?? "null"));
  } catch {
    return { demoDay: "", seedVersion: SEED_VERSION };
  }
}
