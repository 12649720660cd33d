"""From the text of a report to a ledger of claims: who says what, on what standing."""
