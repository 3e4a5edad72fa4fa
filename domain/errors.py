"""The one error family: what was refused, and what would be right, in Vietnamese for the person who acted."""


class Refusal(Exception):  # noqa: N818 (a refusal is an answer, not a fault)
    """Refuses an action; its text is shown as it is."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class AlreadyDone(Refusal):
    """Refuses an action that somebody has done already, or that is needed no more; its text says what became of it."""
