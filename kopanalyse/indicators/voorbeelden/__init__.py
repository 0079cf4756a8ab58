"""A worked example per indicator: the documentation that is also a test, and stands in the handbook of indicators."""
