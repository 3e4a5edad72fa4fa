"""Simulation of a year with many units on a real database, judged by an independent oracle."""
