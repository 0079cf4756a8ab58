"""The demonstration registration of De Kop, 2018-2019."""
