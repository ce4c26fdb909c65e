"""A sweep is called by what it trains on what, and with which values."""

from itertools import product

from cnnviewer.core.runs.sweep.plan import grid, subject_of
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.sweep_titles import sweep_titles

LENET = TrainConfig(model="lenet", dataset="mnist")


def test_a_title_says_model_data_and_the_values_that_vary() -> None:
    assert sweep_titles(
        {
            "sweep_2026-11-24_10-31-05": subject_of(grid(LENET, learning_rates=[0.1, 0.001, 0.01])),
            "sweep_2026-11-24_10-31-05_2": subject_of(grid(LENET, batch_sizes=[32, 1024], seeds=range(1, 6))),
            "mine": subject_of(grid(LENET, momenta=[0.5, 0.9], epochs=[1, 2])),
            "sweep_2026-11-25_10-31-05": subject_of((LENET,)),
            "sweep_2026-11-26_10-31-05": subject_of(()),
        }
    ) == {
        "sweep_2026-11-24_10-31-05": "LeNet on MNIST · rate 0.001, 0.01, 0.1",
        "sweep_2026-11-24_10-31-05_2": "LeNet on MNIST · batch 32, 1,024, seed 1 … 5",
        "mine": "mine · LeNet on MNIST · momentum 0.5, 0.9, epochs 1, 2",
        "sweep_2026-11-25_10-31-05": "LeNet on MNIST",
        "sweep_2026-11-26_10-31-05": "2026-11-26 10:31:05",
    }


def test_titles_that_would_be_alike_have_the_time() -> None:
    names = [f"sweep_2026-11-{day}_10-31-05{more}" for day, more in product((24, 25), ("", "_2"))]
    titles = sweep_titles({name: subject_of(grid(LENET, learning_rates=[0.1, 0.2])) for name in names})
    assert titles[names[0]] == "LeNet on MNIST · rate 0.1, 0.2 · 2026-11-24 10:31:05"
    assert len(set(titles.values())) == 4
