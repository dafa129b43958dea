import { expect, test } from "vitest";
import { CUSTOMER, SECRETS, sendWhatsApp, startPair } from "./support";

type Sandbox = Awaited<ReturnType<typeof startPair>>["sandbox"];

const ACCOUNT = "200000000000001";
const READY = ["Sam", "Ford Focus (AB12 CDE)", "Brightside Motors"];
const NAMED = { first_name: "Sam", vehicle: "your Focus", garage: "Brightside", appointment_time: "Monday" };

const textOf = (text: string) => ({ type: "text", text });
const body = (parameters: object[]) => [{ type: "body", parameters }];
const template = (name: string, components: object[] = [], code = "en_GB") => ({
  to: CUSTOMER,
  type: "template",
  template: { name, language: { code }, components },
});
const named = (values: Record<string, string>) =>
  body(Object.entries(values).map(([name, text]) => ({ ...textOf(text), parameter_name: name })));

async function list(sandbox: Sandbox, query: string, account = ACCOUNT) {
  const response = await fetch(`${sandbox.url}/meta/v24.0/${account}/message_templates?${query}`, {
    headers: { authorization: `Bearer ${SECRETS.metaAccessToken}` },
  });
  return (await response.json()) as {
    data: Record<string, unknown>[];
    paging: { cursors?: { after: string }; next?: string };
    error?: { code: number };
  };
}

test("templates are listed in pages, with the fields that were asked for", async () => {
  const { sandbox } = await startPair();
  const first = await list(sandbox, "fields=name,status,quality_score&limit=3");
  expect(first.data.map(({ name }) => name)).toEqual([
    "appointment_reminder",
    "vehicle_ready",
    "we_missed_you",
  ]);
  expect(first.data[0]).toEqual({
    id: expect.stringMatching(/^\d+$/),
    name: "appointment_reminder",
    status: "APPROVED",
    quality_score: { score: "UNKNOWN", date: expect.any(Number) },
  });
  const rest = await list(sandbox, `fields=name,status&limit=3&after=${first.paging.cursors?.after}`);
  expect(rest.data.map(({ status }) => status)).toEqual(["REJECTED", "PAUSED"]);
  expect(rest.paging.next).toBeUndefined();
  expect((await list(sandbox, "fields=colour")).error?.code).toBe(100);
  expect((await list(sandbox, "", "299999999999999")).error?.code).toBe(100);
});

test("a template reaches its customer outside the window as they see it, and does not open the window", async () => {
  const { sandbox } = await startPair();
  expect((await sendWhatsApp(sandbox, template("vehicle_ready", body(READY.map(textOf))))).status).toBe(200);
  const { messages, windowClosesAt } = await sandbox.control.customer("brightside", CUSTOMER);
  expect(messages).toMatchObject([
    {
      text: "Hi Sam, good news: your Ford Focus (AB12 CDE) is ready to collect from Brightside Motors. _Please ask at the desk for your keys._",
      buttons: ["On my way"],
    },
  ]);
  expect(windowClosesAt).toBeNull();
  const tap = { type: "button", button: { text: "On my way", payload: "On my way" } };
  await sandbox.control.whatsApp({ line: "brightside", from: CUSTOMER }, { other: tap });
  expect((await sandbox.control.customer("brightside", CUSTOMER)).windowClosesAt).not.toBeNull();
});

test.each([
  ["too few parameters", template("vehicle_ready", body([textOf("Sam")])), 132000],
  ["a name that is not approved", template("unheard_of"), 132001],
  ["another language", template("vehicle_ready", body(READY.map(textOf)), "de"), 132001],
  ["a rejected one", template("winter_tyre_offer", body([textOf("Sam")])), 132001],
  ["a paused one", template("mot_due", body([textOf("Sam"), textOf("Focus")])), 132015],
  ["parameters without their names", template("appointment_reminder", body(READY.map(textOf))), 132000],
  ["a parameter of another name", template("appointment_reminder", named({ ...NAMED, x: "y" })), 132000],
  ["a line break in a parameter", template("vehicle_ready", body(["a\nb", "c", "d"].map(textOf))), 132018],
  ["an empty parameter", template("vehicle_ready", body(["", "c", "d"].map(textOf))), 131008],
  ["too long a text", template("vehicle_ready", body(["x".repeat(1_100), "c", "d"].map(textOf))), 132005],
])("%s is refused as Meta refuses it", async (_, message, code) => {
  const { sandbox } = await startPair();
  expect((await sendWhatsApp(sandbox, message)).body.error.code).toBe(code);
});

test("marketing is refused to who stopped it, and held back from who has had enough", async () => {
  const { sandbox, receiver } = await startPair();
  const missed = template("we_missed_you", [
    { type: "header", parameters: [{ ...textOf("Sam"), parameter_name: "first_name" }] },
    ...named({ garage: "Brightside", vehicle: "Focus" }),
  ]);
  await sandbox.control.marketing(CUSTOMER, "stopped");
  expect((await sendWhatsApp(sandbox, missed)).body.error.code).toBe(131050);
  await sandbox.control.marketing(CUSTOMER, "limited");
  expect((await sendWhatsApp(sandbox, missed)).status).toBe(200);
  await sandbox.control.flush();
  expect(receiver.got.at(-1)?.body).toContain("131049");
  await sandbox.control.marketing(CUSTOMER, "allowed");
  expect((await sendWhatsApp(sandbox, missed)).status).toBe(200);
});

test("one that is disabled is told to its account's application, and refused from then on", async () => {
  const { sandbox, receiver } = await startPair();
  await sandbox.control.putTemplate({ line: "brightside", name: "vehicle_ready", status: "DISABLED" });
  await sandbox.control.flush();
  expect(JSON.parse(receiver.got.at(-1)?.body ?? "").entry).toMatchObject([
    {
      id: ACCOUNT,
      changes: [
        {
          field: "message_template_status_update",
          value: { event: "DISABLED", message_template_name: "vehicle_ready" },
        },
      ],
    },
  ]);
  const refused = await sendWhatsApp(sandbox, template("vehicle_ready", body(READY.map(textOf))));
  expect(refused.body.error.code).toBe(132016);
  await sandbox.control.withdrawTemplates({ line: "brightside", name: "vehicle_ready" });
  const gone = await sendWhatsApp(sandbox, template("vehicle_ready", body(READY.map(textOf))));
  expect(gone.body.error.code).toBe(132001);
});
