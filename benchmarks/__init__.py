"""How fast it is: ours beside what else there is. ``python -m benchmarks`` measures and writes ``RESULTS.md``."""
