"""The console script `thidua`, also `python -m cli`."""

import gc
import sys


def main() -> None:
    # The garbage collector is off during imports; bot/runner.py turns it on again.
    gc.disable()
    from cli.installation.processes import NAMES, processes

    if sys.argv[1:2] and sys.argv[1] in NAMES:
        processes()
    from cli.app import app

    app()


if __name__ == "__main__":
    main()
