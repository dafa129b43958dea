/** The last call of a page: the next one begins after it. */
export type CallCursor = { readonly at: Date; readonly id: string };

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** A cursor as it stands in an address. */
export const writeCursor = ({ at, id }: CallCursor): string => `${at.getTime()}.${id}`;

/** Null for what is no cursor of ours. */
export function readCursor(text: string): CallCursor | null {
  const [, time, id] = CURSOR.exec(text) ?? [];
  return time === undefined || id === undefined ? null : { at: new Date(Number(time)), id };
}
