"""The whole text of documents from outside: plain text, Word and PDF."""
