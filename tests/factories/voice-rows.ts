import { prisma } from "@/lib/db/prisma";

// What a call left behind in the database.

export const balanceOf = async (orgId: string): Promise<bigint> =>
  (await prisma().creditAccount.findUniqueOrThrow({ where: { orgId } })).balance;

export const interactionOf = (orgId: string, providerRef: string) =>
  prisma().interaction.findUnique({
    where: { orgId_channel_providerRef: { orgId, channel: "voice", providerRef } },
  });

export const callOf = (orgId: string, providerCallId: string) =>
  prisma().voiceCall.findFirst({ where: { orgId, providerCallId } });

export const callBacksOf = (orgId: string) => prisma().callBack.findMany({ where: { orgId } });

export const usageOf = (orgId: string) => prisma().usageDaily.findMany({ where: { orgId } });
