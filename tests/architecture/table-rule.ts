import type { SourceFile } from "./house";

const INSERTS_OR_DELETES = /\b(?:INSERT\s+INTO|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+"?([a-z_]+)"?/gi;
const UPDATES = /\bUPDATE\s+(?:ONLY\s+)?"?([a-z_]+)"?(?:\s+AS\s+\w+)?\s+SET\b/gi;
const PRISMA_WRITES =
  /\.\s*(\w+)\s*\.\s*(?:create|createMany|createManyAndReturn|update|updateMany|upsert|delete|deleteMany)\(/g;
const MODEL = /^model (\w+) \{([\s\S]*?)^\}/gm;

/** Who writes: a room of lib. A function of the database is the credits' own, unless its name begins with another room's. */
function roomOf(file: string): string | undefined {
  if (/\.test\.tsx?$/.test(file)) return undefined;
  if (file.startsWith("prisma/functions/")) return /\/(inbox|garage)_/.exec(file)?.[1] ?? "credits";
  return /^lib\/([^/]+)\//.exec(file)?.[1];
}

/** Table by the name that Prisma's client has for its model. */
function tablesByModel(house: readonly SourceFile[]): ReadonlyMap<string, string> {
  const schemas = house.filter(({ path }) => path.endsWith(".prisma")).map(({ text }) => text);
  return new Map(
    [...schemas.join("\n").matchAll(MODEL)].map(([, model = "", body = ""]) => [
      model.charAt(0).toLowerCase() + model.slice(1),
      /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model,
    ]),
  );
}

/** Made by one room, at sign-up, and changed by another: each of the two alone. */
const MADE_AND_CHANGED: ReadonlySet<string> = new Set(["organization"]);

const labelled = (table: string, write: string): string => {
  if (!MADE_AND_CHANGED.has(table)) return table;
  return /^(?:INSERT|DELETE|TRUNCATE)/i.test(write) ? `rows of ${table}` : `columns of ${table}`;
};

/** Every place where a file writes a table. */
function writesIn({ path, text }: SourceFile, models: ReadonlyMap<string, string>) {
  const at = (index: number): string => `${path}:${text.slice(0, index).split("\n").length}`;
  const found = [
    ...[...text.matchAll(INSERTS_OR_DELETES), ...text.matchAll(UPDATES)].map((hit) => ({
      hit,
      table: hit[1],
    })),
    ...[...text.matchAll(PRISMA_WRITES)].map((hit) => ({ hit, table: models.get(hit[1] ?? "") })),
  ];
  return found.flatMap(({ hit, table }) =>
    table === undefined ? [] : [{ table: labelled(table.toLowerCase(), hit[0]), at: at(hit.index) }],
  );
}

/** One line for each place where a table is written that another room writes, too. */
export function tablesOfTwoRooms(house: readonly SourceFile[]): string[] {
  const models = tablesByModel(house);
  const writes = house.flatMap((file) => {
    const room = roomOf(file.path);
    return room === undefined ? [] : writesIn(file, models).map((write) => ({ ...write, room }));
  });
  return writes
    .filter(({ table, room }) => writes.some((other) => other.table === table && other.room !== room))
    .map(({ table, room, at }) => `${at} ${room} writes ${table}`);
}

/** How many tables are seen to be written: a rule that reads nothing finds no fault. */
export const tablesWritten = (house: readonly SourceFile[]): number => {
  const models = tablesByModel(house);
  const files = house.filter(({ path }) => roomOf(path) !== undefined);
  return new Set(files.flatMap((file) => writesIn(file, models)).map(({ table }) => table)).size;
};
