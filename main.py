"""Start the program from a checkout: `python main.py`."""

from cnnviewer.cli import main

raise SystemExit(main())
