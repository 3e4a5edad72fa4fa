"""The console script `thidua`, also `python -m cli`."""

import gc


def main() -> None:
    # Off while everything is imported; bot/runner.py turns the collector of garbage on again.
    gc.disable()
    from cli.app import app

    app()


if __name__ == "__main__":
    main()
