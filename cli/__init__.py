"""The command line `thidua`: one module per group of commands."""
