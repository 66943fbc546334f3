"""Membership dues (党费): rates, assessment, money, what is owed, and the chain of the ledger."""
