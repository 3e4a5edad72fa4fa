"""The console script `thidua`, also `python -m bot`."""

import gc


def main() -> None:
    # What is imported stays: the collector of garbage need not look through it, neither now nor later.
    gc.disable()
    from bot.cli import app

    gc.freeze()
    gc.enable()
    app()


if __name__ == "__main__":
    main()
