"""Official papers as .docx drafts in the format of NĐ 30/2020, from Word templates that an office can replace."""
