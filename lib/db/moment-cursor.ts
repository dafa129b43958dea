/** The last row of a page that goes by time: the next page begins after it. */
export type MomentCursor = { readonly at: Date; readonly id: string };

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** A cursor as it stands in an address. */
export const writeCursor = ({ at, id }: MomentCursor): string => `${at.getTime()}.${id}`;

/** Null for what is no cursor of ours. */
export function readCursor(text: string): MomentCursor | null {
  const [, time, id] = CURSOR.exec(text) ?? [];
  return time === undefined || id === undefined ? null : { at: new Date(Number(time)), id };
}
