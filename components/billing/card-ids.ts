/** Cards of the Billing page that links elsewhere on it lead to. */
export const CREDIT_PACKS_ID = "credit-packs";
export const CHOOSE_PLAN_ID = "choose-your-plan";
export const AUTO_TOP_UP_ID = "auto-top-up";
