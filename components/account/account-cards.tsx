"use client";

import { useQuery } from "@tanstack/react-query";
import { Card, CardBody } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { accountQuery } from "@/lib/auth/client";
import { EmailCard } from "./email-card";
import { NameCard } from "./name-card";
import { PasswordCard } from "./password-card";
import { AccountSkeleton } from "./skeletons";
import { TwoStepCard } from "./two-step-card";

/** What one answer of the API tells of an account, card by card. */
export function AccountCards() {
  const { data, error, isFetching, refetch } = useQuery(accountQuery());
  if (data === undefined && !error) return <AccountSkeleton />;
  if (data === undefined)
    return (
      <Card>
        <CardBody>
          <ErrorState
            title="Your account couldn’t be loaded"
            description={error?.message ?? ""}
            onRetry={refetch}
            retrying={isFetching}
          />
        </CardBody>
      </Card>
    );
  return (
    <>
      <NameCard name={data.name} />
      <EmailCard account={data} />
      <PasswordCard email={data.email} />
      <TwoStepCard account={data} />
    </>
  );
}
