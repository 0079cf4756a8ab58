"""Expressions to SQL to an engine: the only room that knows Ibis, DuckDB and Spark."""
