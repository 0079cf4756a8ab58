"""What a part of a report is made of: its table, its sentences, the forms that several chapters share."""
