const PENCE = 100;

/** 4500 is "£45.00". */
export const pounds = (pence: number): string =>
  (pence / PENCE).toLocaleString("en-GB", { style: "currency", currency: "GBP" });
