import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createConnection, TELL_AFTER_MS } from "./connection";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const watched = () => {
  const heard: boolean[] = [];
  const connection = createConnection(() => heard.push(connection.isLost()));
  return { ...connection, heard };
};

test("a page without a stream says so after some seconds, counted from the first moment, until the stream is back", () => {
  const { note, heard } = watched();
  note(false);
  vi.advanceTimersByTime(TELL_AFTER_MS - 1);
  note(false);
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(1);
  note(false);
  expect(heard).toEqual([true]);
  note(true);
  note(true);
  expect(heard).toEqual([true, false]);
});

test("a stream that breaks again and again and comes back soon is not told of", () => {
  const { note, heard } = watched();
  for (let round = 0; round < 3; round += 1) {
    note(false);
    vi.advanceTimersByTime(TELL_AFTER_MS - 1);
    note(true);
  }
  vi.advanceTimersByTime(TELL_AFTER_MS);
  expect(heard).toEqual([]);
});
