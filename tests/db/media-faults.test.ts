import { describe, expect, test } from "vitest";
import type { MediaAnswer, MediaProviders } from "@/lib/inbox/fetch-media";
import { fetchMediaAgain } from "@/lib/inbox/fetch-media-again";
import { png } from "../factories/files";
import { runJobs } from "../factories/jobs";
import { mediaMessages } from "../factories/media-messages";
import { member } from "../factories/message-garage";

const media = mediaMessages();
const DAY_MS = 24 * 3_600_000;

describe("a provider that does not hand a file over", () => {
  const faults = [
    ["is down", { on: "media", effect: { kind: "http", status: 500 } }, "unreachable"],
    ["hangs up", { on: "media", effect: { kind: "hang-up" } }, "unreachable"],
    ["refuses our token for now", { on: "media", effect: { kind: "error", code: 190 } }, "unreachable"],
    ["forgets the address", { on: "download", effect: { kind: "http", status: 404 } }, "unreachable"],
    [
      "breaks off half-way",
      { on: "download", effect: { kind: "faulty", fault: "truncated" } },
      "unreachable",
    ],
    ["names another checksum", { on: "media", effect: { kind: "faulty", fault: "mismatch" } }, "damaged"],
  ] as const;
  test.each(faults)("and %s is asked again, and nothing half is kept", async (_what, behaviour, problem) => {
    const sent = await media.given(png());
    await media.control().behave({ provider: "meta", ...behaviour });
    const again = await media.fetching(sent);
    expect(again?.at.getTime()).toBe(media.ctx().now().getTime() + 5_000);
    expect(await media.of(sent)).toMatchObject([{ state: "waiting", problem }]);
    expect(media.filesOf(sent.orgId)).toEqual([]);
    expect(await media.fetching(sent, media.meta, 2)).toBeUndefined();
    expect(await media.of(sent)).toMatchObject([{ state: "stored", problem: null }]);
  });

  test("waits longer each time, at most six hours, and says after seven days that it has expired", async () => {
    const sent = await media.given(png());
    const down: MediaProviders = { ...media.meta, whatsapp: async () => ({ kind: "unreachable" }) };
    const start = media.ctx().now().getTime();
    const pauses = await Promise.all(
      [1, 2, 5, 9, 20].map(async (attempt) => (await media.fetching(sent, down, attempt))?.at.getTime()),
    );
    expect(pauses.map((at) => ((at ?? 0) - start) / 1_000)).toEqual([5, 15, 405, 21_600, 21_600]);
    media.ctx().travel(new Date(start + 7 * DAY_MS - 1_000));
    expect(await media.fetching(sent, down, 40)).toBeUndefined();
    const [file] = await media.of(sent);
    expect(file).toMatchObject({ state: "expired" });
    await expect(media.opened(sent.orgId, file?.id)).rejects.toMatchObject({ status: 410 });
    await expect(fetchMediaAgain(member(sent.orgId), sent.orgId, file?.id ?? "")).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("because it has thrown the file away is not asked again", async () => {
    const sent = await media.given(png());
    await media
      .control()
      .behave({ provider: "meta", on: "media", effect: { kind: "faulty", fault: "expired" } });
    expect(await media.fetching(sent)).toBeUndefined();
    expect(await media.of(sent)).toMatchObject([{ state: "expired" }]);
  });

  test("but names another host is not followed there, and our token goes nowhere", async () => {
    const sent = await media.given(png());
    await media
      .control()
      .behave({ provider: "meta", on: "media", effect: { kind: "faulty", fault: "other-host" } });
    await media.fetching(sent);
    expect(await media.of(sent)).toMatchObject([{ state: "failed", problem: "address" }]);
    expect(await media.control().count({ provider: "meta", type: "download" })).toBe(0);
  });

  test("but leads on to another address is not followed", async () => {
    const sent = await media.given(png());
    const effect = { kind: "http", status: 302, headers: { location: "http://127.0.0.1:1/secret" } } as const;
    await media.control().behave({ provider: "meta", on: "download", effect });
    expect(await media.fetching(sent)).toBeUndefined();
    expect(await media.of(sent)).toMatchObject([{ state: "failed", problem: "address" }]);
  });

  test("of a bearable size is refused, said in advance or not", async () => {
    const sent = await media.given(png());
    await media
      .control()
      .behave({ provider: "meta", on: "media", effect: { kind: "faulty", fault: "oversize" } });
    await media.fetching(sent);
    const [file] = await media.of(sent);
    expect(file).toMatchObject({ state: "failed", problem: "too-large" });
    await expect(fetchMediaAgain(member(sent.orgId), sent.orgId, file?.id ?? "")).rejects.toMatchObject({
      code: "conflict",
    });

    const endless: MediaProviders = {
      ...media.meta,
      whatsapp: async () => ({ kind: "found", body: bytesWithoutEnd() }),
    };
    const other = await media.given(png());
    await media.fetching(other, endless);
    expect(await media.of(other)).toMatchObject([{ state: "failed", problem: "too-large" }]);
    expect(media.filesOf(other.orgId)).toEqual([]);
  });

  test("whole, five times, has a damaged file: that can be asked for by hand", async () => {
    const sent = await media.given(png());
    const damaged: MediaProviders = {
      ...media.meta,
      whatsapp: async (): Promise<MediaAnswer> => ({ kind: "found", body: once(png()), sha256: "00" }),
    };
    expect(await media.fetching(sent, damaged, 5)).toBeUndefined();
    const [file] = await media.of(sent);
    expect(file).toMatchObject({ state: "failed", problem: "damaged" });
    await fetchMediaAgain(member(sent.orgId), sent.orgId, file?.id ?? "");
    expect(await media.of(sent)).toMatchObject([{ state: "waiting", problem: null }]);
    await runJobs();
    expect(await media.of(sent)).toMatchObject([{ state: "stored" }]);
  });
});

async function* once(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}

async function* bytesWithoutEnd(): AsyncGenerator<Uint8Array> {
  for (;;) yield Buffer.alloc(256 * 1024);
}
