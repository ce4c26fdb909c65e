"""Pictures of every workspace and state of the window, and measurements of what stands on them.

`python -m tests.screens` takes the pictures and prints what is wrong with them; `make test` runs the main ones. The
measuring functions (`measures`, `placing`, `contrast`) take a `Screen`, a widget that was painted once while every text
was recorded, and give `Finding`s. They know nothing of the program: their own tests measure small widgets that are
wrong on purpose.

It stands among the tests, and not in `benchmarks`, since its answer is yes or no; and in a folder of its own, and not in
`tests/ui`, since it drives the whole program as `tests/journeys` does.
"""
