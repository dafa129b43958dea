import { queryOptions } from "@tanstack/react-query";
import type { ShownPack } from "./buy-pack";
import type { SubscriptionProgress } from "./confirm-subscription";
import type { OrderStatus } from "./core/order-status";
import type { PackOffer } from "./core/pack-offer";
import { type BillingInterval, type PlanChoice, planPrice } from "./core/plan-price";
import {
  chargesNowWords,
  confirmTitle,
  consentWords,
  costPreview,
  notBeforeNextMonthWords,
  TOP_UP_WORDS,
  thresholdRange,
} from "./core/top-up-words";
import type { PlanDto } from "./get-plan";
import type { StandingDto } from "./get-standing";
import type { SubscriptionDto } from "./get-subscription";
import type { TopUpDto, TopUpPack } from "./get-top-up";
import type { InvoiceDto } from "./list-invoices";
import type { PacksDto } from "./list-packs";
import type { PurchaseDto } from "./list-purchases";
import type { TopUpActivityDto, TopUpAttemptDto } from "./list-top-up-activity";
import type { TopUpSaved } from "./save-top-up";

export type {
  BillingInterval,
  InvoiceDto,
  OrderStatus,
  PackOffer,
  PlanChoice,
  PlanDto,
  PurchaseDto,
  ShownPack,
  SubscriptionDto,
  SubscriptionProgress,
  TopUpAttemptDto,
  TopUpDto,
  TopUpPack,
  TopUpSaved,
};
/** The browser works out what a choice costs, and what an owner agrees to, as the server does. */
export {
  chargesNowWords,
  confirmTitle,
  consentWords,
  costPreview,
  notBeforeNextMonthWords,
  planPrice,
  TOP_UP_WORDS,
  thresholdRange,
};

export type InvoicesDto = { readonly invoices: readonly InvoiceDto[] };

export type PurchasesDto = { readonly purchases: readonly PurchaseDto[] };

// A key is the path of its API: the browser's cache reads ["billing", "packs"] from /api/billing/packs.

export const subscriptionQuery = () =>
  queryOptions<SubscriptionDto>({ queryKey: ["billing", "subscription"] });

export const planQuery = () =>
  queryOptions<{ readonly plan: PlanDto | null }>({ queryKey: ["billing", "plan"] });

export const invoicesQuery = () => queryOptions<InvoicesDto>({ queryKey: ["billing", "invoices"] });

export const standingQuery = () => queryOptions<StandingDto>({ queryKey: ["billing", "standing"] });

export const packsQuery = () => queryOptions<PacksDto>({ queryKey: ["billing", "packs"] });

export const purchasesQuery = () => queryOptions<PurchasesDto>({ queryKey: ["credits", "purchases"] });

export const topUpQuery = () => queryOptions<TopUpDto>({ queryKey: ["credits", "top-up"] });

export const topUpActivityQuery = () =>
  queryOptions<TopUpActivityDto>({ queryKey: ["credits", "top-up", "activity"] });
