-- A purchase says what kept its organisation from buying when the payment came, so that support can see money which was
-- taken for credits that cannot be used. Locks: `credit_purchase` for a moment. Undo: drop the column.

ALTER TABLE credit_purchase ADD COLUMN bought_while TEXT;
ALTER TABLE credit_purchase ADD CONSTRAINT credit_purchase_bought_while_known
  CHECK (bought_while IN ('frozen', 'trial', 'past_due', 'canceled', 'demo'));
