"""The demonstration registration of SMWO, 2023-2024."""
