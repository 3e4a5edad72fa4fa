"""The console script `thidua`, also `python -m cli`."""

import gc


def main() -> None:
    # The garbage collector is off during imports; bot/runner.py turns it on again.
    gc.disable()
    from cli.app import app

    app()


if __name__ == "__main__":
    main()
