"""The sandbox over real HTTP, with both libraries."""
