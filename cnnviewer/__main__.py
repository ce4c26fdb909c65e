"""`python -m cnnviewer` is the command `cnnviewer`."""

from cnnviewer.cli import main

raise SystemExit(main())
