"""Extensions: asking for more time, and answering."""
