"""The long table as a report looks at it: what is looked up, held against another year or team, and by chance."""
