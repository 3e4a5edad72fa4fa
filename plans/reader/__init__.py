"""Readers of a plan's YAML file; every fault is collected with its line."""
