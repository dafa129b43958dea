import type { WhatsAppItem } from "./parse";

/**
 * Items in groups: those of one conversation stand together in their order, and groups do not wait for each other. Who is
 * named by number here and by business-scoped id there is still one person, where any item says both.
 */
export function groupByConversation(items: readonly WhatsAppItem[]): WhatsAppItem[][] {
  const groups: WhatsAppItem[][] = [];
  const byName = new Map<string, WhatsAppItem[]>();
  for (const item of items) {
    const names = namesOf(item);
    let group = names.map((name) => byName.get(name)).find((found) => found !== undefined);
    if (!group) {
      group = [];
      groups.push(group);
    }
    group.push(item);
    for (const name of names) byName.set(name, group);
  }
  return groups;
}

function namesOf(item: WhatsAppItem): string[] {
  if (item.kind === "status") return [`status:${item.update.identity}:${item.update.providerId}`];
  const { identity, sender } = item.message;
  return [sender.externalId, sender.bsuid, sender.waId]
    .filter((name) => name !== undefined)
    .map((name) => `${identity}:${name}`);
}

/** Runs `work` over all groups, so many at once; it must not throw. */
export async function eachGroup<Group>(
  groups: readonly Group[],
  atOnce: number,
  work: (group: Group) => Promise<void>,
): Promise<void> {
  const waiting = groups.values();
  const runner = async (): Promise<void> => {
    for (const group of waiting) await work(group);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, groups.length) }, runner));
}
