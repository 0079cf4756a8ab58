"""Files that are our tables already: which file, which columns, and their rows."""
