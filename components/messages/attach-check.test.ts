import { describe, expect, test } from "vitest";
import { checkFile } from "./attach-check";

const MIB = 1024 * 1024;
const LIMITS = { pictureBytes: 5 * MIB, documentBytes: 100 * MIB };
const file = (name: string, type: string, size = 1_000) => checkFile({ name, type, size }, LIMITS).kind;

describe("a file that staff choose", () => {
  test.each([
    ["car.jpg", "image/jpeg", 5 * MIB, "send"],
    ["car.jpg", "image/jpeg", 5 * MIB + 1, "convert"],
    ["screenshot.png", "image/png", 1, "send"],
    ["car.webp", "image/webp", 1, "convert"],
    ["IMG_1.HEIC", "", 1, "convert"],
    ["logo.svg", "image/svg+xml", 1, "refuse"],
    ["invoice.pdf", "application/pdf", 100 * MIB, "send"],
    ["invoice.pdf", "application/pdf", 100 * MIB + 1, "refuse"],
    ["prices.CSV", "", 1, "send"],
    ["page.html", "text/html", 1, "refuse"],
    ["setup.exe", "application/x-msdownload", 1, "refuse"],
    ["clip.mp4", "video/mp4", 1, "refuse"],
    ["nothing.pdf", "application/pdf", 0, "refuse"],
  ])("%s of type %s and %i bytes: %s", (name, type, size, kind) => {
    expect(file(name, type, size)).toBe(kind);
  });

  test("may be as large as the server takes, and no larger, in the server's own words", () => {
    const lower = { pictureBytes: 2 * MIB, documentBytes: 2 * MIB };
    const check = (type: string, size: number) => checkFile({ name: "a.pdf", type, size }, lower);
    expect(check("application/pdf", 2 * MIB)).toEqual({ kind: "send" });
    expect(check("application/pdf", 2 * MIB + 1)).toEqual({
      kind: "refuse",
      reason: "This file is too large: at most 2 MB.",
    });
    expect(check("image/jpeg", 2 * MIB + 1)).toEqual({ kind: "convert" });
  });
});
