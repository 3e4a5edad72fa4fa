"""Extensions: requests of officers and answers of the standing body."""
