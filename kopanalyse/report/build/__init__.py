"""The batch: which notebooks run, where, and what is kept of them."""
