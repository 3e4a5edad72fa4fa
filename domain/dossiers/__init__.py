"""Dossiers: required papers, proposals and secrecy marks."""
