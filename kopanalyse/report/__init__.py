"""Showing: what notebooks call, the parts that they show, and the pages that are built from them."""
