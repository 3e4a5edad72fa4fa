"""The one error family: a code, a Vietnamese text and a way out say what was refused and what would be right."""

from enum import StrEnum, auto


class Way(StrEnum):
    """A way out of a refusal: where the person can go on; `templates.refusals` words it for the screen."""

    AGREE_AGAIN = auto()
    ANSWER_CORRECTION = auto()
    ASK_CORRECTION = auto()
    BACK_HOME = auto()
    BIND_GROUP = auto()
    CALL_FOR_CORRECTION = auto()
    CALL_FOR_EXTENSION = auto()
    CALL_OFFICE = auto()
    CALL_OFFICE_TO_CORRECT = auto()
    CALL_TO_CORRECT = auto()
    CALL_UNITS = auto()
    CALL_UNREACHED = auto()
    CHOOSE_OTHER_HOUR = auto()
    CHOOSE_OTHER_REQUIREMENT = auto()
    CLUSTER = auto()
    CORRECT = auto()
    DATA_REQUESTS = auto()
    DUTIES = auto()
    DUTIES_OF_ONES_UNIT = auto()
    DUTIES_OF_OWN_UNIT = auto()
    DUTIES_OF_UNIT = auto()
    DUTY_LIST = auto()
    EXTENSIONS = auto()
    FILL_LATER = auto()
    FILL_LATER_OR_ZERO = auto()
    FILL_OR_SAY_NONE = auto()
    FINISH_REQUIREMENT = auto()
    GO_BACK = auto()
    GO_BACK_OR_ZERO = auto()
    HAND_OVER_FIRST = auto()
    HOME = auto()
    MAIN_PAGE = auto()
    NAME_CLUSTER = auto()
    NAME_RECEIPT = auto()
    NEW_SUBMISSION = auto()
    OFFICE_NUMBERS = auto()
    OPEN_REVIEWS = auto()
    OTHER_DUTIES = auto()
    OTHER_REVIEWS = auto()
    OWN_DATA = auto()
    OWN_DATA_PAGE = auto()
    OWN_DUTIES = auto()
    OWN_REVIEWS = auto()
    PLANS = auto()
    REBIND_GROUP = auto()
    REOPEN_DECIDED = auto()
    REOPEN_DUTY = auto()
    REPLACE_FILE = auto()
    REVIEWS_WAITING = auto()
    RIGHT_DUTY = auto()
    SAY_NO_FIGURE = auto()
    SAY_NO_FIGURE_OR_ZERO = auto()
    SEND_FILE_AGAIN = auto()
    SHARE_PHONE = auto()
    START = auto()
    STATUS = auto()
    STATUS_OF_CLUSTER = auto()
    STATUS_OF_CLUSTER_OR_UNIT = auto()
    STATUS_OF_DUTIES = auto()
    TAKE_DUTY_BACK = auto()
    WAIT_FOR_ANSWER = auto()
    WITHDRAW = auto()


class Refusal(Exception):  # noqa: N818 (a refusal is an answer, not a fault)
    """An action is refused, and the person is told why.

    `code` names the reason and never changes; `text` says it in Vietnamese, without a button or a command of a screen.
    `way` is where the person can go on, `example` what that way is shown with, such as a cluster's name.
    """

    def __init__(self, code: str, text: str, *, way: Way | None = None, example: str = "") -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text
        self.way = way
        self.example = example

    def __str__(self) -> str:
        return self.text


class AlreadyDone(Refusal):
    """The action was done already or is no longer needed; the text says what happened to it."""
