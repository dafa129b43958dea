"use client";

import { useQuery } from "@tanstack/react-query";
import Zap from "lucide-react/icons/zap";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { SupportLink } from "./subscription-card";
import { subscriptionQuery } from "./subscription-query";

/** The Credit Packs section: what a trial is told, and what everybody is told until there are packs. */
export function PacksCard() {
  const { data } = useQuery(subscriptionQuery());
  if (!data) return null;
  return (
    <Card id="credit-packs" labelledBy="packs-title">
      <CardHeader id="packs-title" title="Credit Packs" icon={<Zap aria-hidden />} />
      <CardBody className="pt-2 text-muted">
        {data.state === "trial" ? (
          <p>Your trial includes free AI credits. Upgrade to a paid plan to purchase additional credits.</p>
        ) : (
          <>
            <p>Credit packs are being configured. Check back soon.</p>
            <p className="mt-2">
              <SupportLink href={data.supportUrl}>Contact Torqueflow support</SupportLink>
            </p>
            {!data.canPurchase && <p className="mt-2">{data.purchaserHint}</p>}
          </>
        )}
      </CardBody>
    </Card>
  );
}
