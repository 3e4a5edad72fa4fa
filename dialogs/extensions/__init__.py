"""Extensions: requests for more time, and the answers to them."""
