import { queryOptions } from "@tanstack/react-query";
import type { ShownPack } from "./buy-pack";
import type { OrderStatus } from "./core/order-status";
import type { PackOffer } from "./core/pack-offer";
import type { SubscriptionDto } from "./get-subscription";
import type { PacksDto } from "./list-packs";
import type { PurchaseDto } from "./list-purchases";

export type { OrderStatus, PackOffer, PurchaseDto, ShownPack, SubscriptionDto };

export type PurchasesDto = { readonly purchases: readonly PurchaseDto[] };

// A key is the path of its API: the browser's cache reads ["billing", "packs"] from /api/billing/packs.

export const subscriptionQuery = () =>
  queryOptions<SubscriptionDto>({ queryKey: ["billing", "subscription"] });

export const packsQuery = () => queryOptions<PacksDto>({ queryKey: ["billing", "packs"] });

export const purchasesQuery = () => queryOptions<PurchasesDto>({ queryKey: ["credits", "purchases"] });
