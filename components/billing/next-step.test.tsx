import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import type { SubscriptionDto } from "@/lib/billing/client";
import { NextStep } from "./next-step";

const OPEN = { id: "in_1", date: "2024-11-08T15:00:00Z", amountPence: 60_000, pageUrl: "/invoices/in_1" };

const DUE = { totalPence: 60_000, nextAttempt: "2024-12-28T15:00:00Z", invoices: [OPEN] };

const UNPAID: SubscriptionDto = {
  plan: "Torqueflow",
  state: "past_due",
  stateText: "Payment overdue",
  dashboard: "none",
  renewsAt: null,
  allowance: 2_500,
  trialCap: null,
  bays: 5,
  interval: "month",
  pricePence: 50_000,
  vatPence: 10_000,
  nextInvoice: { date: "2024-12-08T15:00:00Z", amountPence: 60_000 },
  endsAt: null,
  due: DUE,
  paused: false,
  card: { brand: "visa", last4: "0341" },
  manage: "portal",
  supportUrl: "https://support.example",
  canViewCredits: true,
  canPurchase: true,
  purchaserHint: "",
  showsPlans: false,
  buysThroughSupport: false,
};

const markup = (given: Partial<SubscriptionDto> = {}): string =>
  renderToStaticMarkup(
    <NextStep
      subscription={{ ...UNPAID, ...given }}
      sold
      portal={async () => ({ kind: "refused", message: "" })}
    />,
  );

const words = (given?: Partial<SubscriptionDto>): string =>
  markup(given)
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

describe("an unpaid subscription", () => {
  test("says what is due now, where it is paid, and when the card is tried again", () => {
    expect(words()).toContain("£600.00 is due now");
    expect(words()).toContain(
      "We’ll try your Visa card ending in 0341 again on 28 December 2024, or you can pay it now.",
    );
    expect(words()).toContain("Pay £600.00 now");
    expect(markup()).toContain('href="/invoices/in_1"');
    expect(words()).toContain("Update Payment");
  });

  test("names another card once there is one, and its lack", () => {
    expect(words({ card: { brand: "mastercard", last4: "4444" } })).toContain(
      "your Mastercard card ending in 4444",
    );
    expect(words({ card: null })).toContain("There is no card to try on 28 December 2024: add one");
  });

  test("promises no attempt where Stripe makes none", () => {
    const said = words({ due: { ...DUE, nextAttempt: null } });
    expect(said).toContain("No card is tried again by itself");
    expect(said).not.toContain("again on");
  });

  test("sums several open invoices, and lists each with its own page", () => {
    const second = { ...OPEN, id: "in_2", date: "2024-12-08T15:00:00Z", pageUrl: "/invoices/in_2" };
    const several = { due: { ...DUE, totalPence: 120_000, invoices: [OPEN, second] } };
    expect(words(several)).toContain("£1,200.00 is due now");
    for (const day of ["8 November", "8 December"])
      expect(words(several)).toContain(`Invoice of ${day} 2024 Pay £600.00 now`);
    for (const { pageUrl } of [OPEN, second]) expect(markup(several)).toContain(`href="${pageUrl}"`);
  });

  test("that was cancelled too: when it ends, a way to resume it, and no new credits promised", () => {
    const said = words({ endsAt: "2025-02-08T15:00:00Z" });
    expect(said).toContain("Ends on 8 February 2025");
    expect(said).toContain("Resume Subscription");
    expect(said).toContain("resume your subscription and pay what is due");
    expect(said).not.toContain("new ones follow");
  });

  test("that Stripe has paused mentions no payment, and leads to support", () => {
    const said = words({ due: null, paused: true });
    expect(said).toContain("Your subscription is paused");
    expect(said).toContain("Contact Torqueflow support");
    expect(said).not.toMatch(/payment|did not go through/i);
  });
});

describe("a subscription that ends", () => {
  const ends = { state: "active", due: null, endsAt: "2024-12-25T15:00:00Z" } as const;

  test("says whether monthly credits are still added until then", () => {
    expect(words(ends)).toContain("No more monthly credits are added.");
    expect(words({ ...ends, renewsAt: "2024-12-08T00:00:00Z" })).toContain(
      "Monthly credits are added until then.",
    );
    expect(words(ends)).not.toContain("everything works");
  });

  test("of a trial at Stripe mentions the trial", () => {
    expect(words({ ...ends, state: "trial" })).toContain("Your trial goes on until then.");
  });
});
