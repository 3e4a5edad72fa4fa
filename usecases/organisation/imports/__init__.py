"""Importing units, clusters and officers from a file."""
