"""What a file of a certain form holds, as rows of texts; knows no table."""
