"""From executed notebooks to pages: the writer, the handbook, and what a reader takes along."""
