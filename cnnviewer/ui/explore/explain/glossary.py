"""What operations and their ideas are called in the field."""

from __future__ import annotations

from PySide6.QtCore import QObject


class Glossary(QObject):
    """Names in the window's language; elsewhere than in English the English word stands beside it."""

    def title(self, kind: str) -> str:
        """Of a kind of operation; empty for one without a lesson of its own."""
        return self._titles().get(kind, ("", ()))[0]

    def terms(self, kind: str) -> tuple[str, ...]:
        """Words that go with a kind of operation."""
        words = self._words()
        return tuple(words[name] for name in self._titles().get(kind, ("", ("feature map", "gradient")))[1])

    def _titles(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        pooled = ("pooling", "stride", "receptive field", "translation invariance", "gradient")
        dropped = ("dropout", "regularisation", "overfitting")
        return {
            "input": (self.tr("Input image"), ("pixel", "channel", "normalisation")),
            "conv2d": (
                self.tr("Convolution"),
                ("feature map", "kernel", "stride", "padding", "receptive field", "parameter sharing", "equivariance"),
            ),
            "max_pool2d": (self.tr("Max pooling"), pooled),
            "avg_pool2d": (self.tr("Average pooling"), ("pooling", "stride", "receptive field", "gradient")),
            "min_pool2d": (self.tr("Min pooling"), pooled),
            "adaptive_avg_pool2d": (self.tr("Adaptive average pooling"), ("pooling", "feature map", "feature vector")),
            "relu": (self.tr("ReLU"), ("activation function", "nonlinearity", "gradient")),
            "dropout": (self.tr("Dropout"), dropped),
            "dropout2d": (self.tr("Dropout"), ("feature map", *dropped)),
            "batch_norm2d": (self.tr("Batch normalisation"), ("batch", "running mean", "learning rate")),
            "flatten": (self.tr("Flatten"), ("feature map", "feature vector", "fully connected layer")),
            "linear": (self.tr("Fully connected layer"), ("fully connected layer", "weight", "bias", "logit")),
            "softmax": (self.tr("Softmax"), ("logit", "softmax", "probability")),
            "log_softmax": (self.tr("Log-softmax"), ("logit", "softmax", "log-likelihood")),
            "nll": (self.tr("Negative log-likelihood"), ("loss function", "log-likelihood", "gradient descent")),
            "cross_entropy": (self.tr("Cross-entropy"), ("loss function", "cross-entropy", "gradient descent")),
            "add": (self.tr("Addition"), ("skip connection", "residual network", "gradient")),
            "cat": (self.tr("Concatenation"), ("feature map", "channel")),
        }

    def _words(self) -> dict[str, str]:
        return {
            "activation function": self.tr("activation function"),
            "batch": self.tr("batch"),
            "bias": self.tr("bias"),
            "channel": self.tr("channel"),
            "cross-entropy": self.tr("cross-entropy"),
            "dropout": self.tr("dropout"),
            "equivariance": self.tr("translation equivariance"),
            "feature map": self.tr("feature map"),
            "feature vector": self.tr("feature vector"),
            "fully connected layer": self.tr("fully connected layer"),
            "gradient": self.tr("gradient"),
            "gradient descent": self.tr("gradient descent"),
            "kernel": self.tr("kernel"),
            "learning rate": self.tr("learning rate"),
            "log-likelihood": self.tr("log-likelihood"),
            "logit": self.tr("logit"),
            "loss function": self.tr("loss function"),
            "nonlinearity": self.tr("nonlinearity"),
            "normalisation": self.tr("normalisation"),
            "overfitting": self.tr("overfitting"),
            "padding": self.tr("padding"),
            "parameter sharing": self.tr("parameter sharing"),
            "pixel": self.tr("pixel"),
            "pooling": self.tr("pooling"),
            "probability": self.tr("probability"),
            "receptive field": self.tr("receptive field"),
            "regularisation": self.tr("regularisation"),
            "residual network": self.tr("residual network"),
            "running mean": self.tr("running mean"),
            "skip connection": self.tr("skip connection"),
            "softmax": self.tr("softmax"),
            "stride": self.tr("stride"),
            "translation invariance": self.tr("translation invariance"),
            "weight": self.tr("weight"),
        }
