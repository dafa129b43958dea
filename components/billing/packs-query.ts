import { queryOptions } from "@tanstack/react-query";
import type { PacksDto } from "@/lib/billing/list-packs";

export const packsQuery = () => queryOptions<PacksDto>({ queryKey: ["billing", "packs"] });
