import { expect, test } from "vitest";
import type { LineDto, LineProblem } from "@/lib/lines/client";
import { sickLines } from "./sick-lines-words";

const line = (channel: LineDto["channel"], severities: LineProblem["severity"][] = []): LineDto => ({
  ...{ channel, identity: `id of ${channel}`, number: "+441134960001", providerId: null, state: "connected" },
  ...{ connectedAt: null, reachedAt: null, lastInAt: null, lastOutAt: null, details: [], checkedAt: null },
  ...{ failingSince: null, lastTest: null },
  problems: severities.map((severity) => ({
    ...{ code: severity, severity, what: `This ${severity}.`, next: "Mend it.", by: "garage" },
  })),
});

test("a line whose provider says that something is wrong is told of by its name, and what is wrong", () => {
  expect(sickLines([line("voice"), line("whatsapp", ["limits", "unknown"])])).toEqual({
    title: "WhatsApp 0113 496 0001 is limited",
    stops: false,
    lines: [{ key: "whatsapp id of whatsapp", text: "This limits." }],
  });
  expect(sickLines([line("voice", ["stops"])])?.title).toBe("Phone 0113 496 0001 is not working");
});

test("several are counted, the worst first", () => {
  expect(sickLines([line("whatsapp", ["limits"]), line("sms", ["stops", "limits"])])).toEqual({
    title: "2 of your numbers need attention",
    stops: true,
    lines: [
      { key: "sms id of sms", text: "SMS 0113 496 0001: This stops." },
      { key: "whatsapp id of whatsapp", text: "WhatsApp 0113 496 0001: This limits." },
    ],
  });
});

test("what is not known, and what nobody has connected, is nothing to be told of", () => {
  const assigned: LineDto = { ...line("sms", ["stops"]), state: "assigned" };
  expect(sickLines([line("voice", ["unknown"]), assigned, line("whatsapp")])).toBeNull();
  expect(sickLines([])).toBeNull();
});
