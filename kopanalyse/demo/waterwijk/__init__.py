"""Waterwijk, an invented organisation: the same registration in our own form, and as exports with a koppeling."""
