import { expect, test } from "vitest";
import { textFileName } from "./safe-file-name";

test.each([
  ["notes.txt", "notes.txt"],
  ["Prices.CSV", "Prices.CSV"],
  ["run.bat", "run.bat.txt"],
  ["page.html", "page.html.txt"],
  ["notes", "notes.txt"],
])("plain text named %s goes out as %s", (given, sent) => {
  expect(textFileName(given)).toBe(sent);
});
