"""Exports as they are, and the koppeling that makes our tables of them."""
