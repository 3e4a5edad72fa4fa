"""The grammar of reports: what the words and numbers of a pasted text say of indicators (decision 0043)."""
