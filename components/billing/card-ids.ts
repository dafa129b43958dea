/** Cards of the Billing page that links elsewhere on it lead to. */
export const CREDIT_PACKS_ID = "credit-packs";
export const CHOOSE_PLAN_ID = "choose-your-plan";
