"""What a wrong answer's mistake is, in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QObject


class MistakeText(QObject):
    """Sentences in the window's language for the keywords of `core.teaching`."""

    def reason(self, mistake: str) -> str:
        """One sentence; empty for a mistake that is not known."""
        return {**self._of_sizes(), **self._of_counts(), **self._of_values()}.get(mistake, "")

    def _of_sizes(self) -> dict[str, str]:
        swapped = self.tr("Rows come first, then columns.")
        return {
            "forgot_padding": self.tr("That is without the padding."),
            "padded_one_side": self.tr("Padding is added on both sides: 2·P."),
            "forgot_plus_one": self.tr("The window's first place counts too: + 1 at the end."),
            "forgot_dilation": self.tr("Dilation stretches the kernel over D·(K − 1) + 1 cells."),
            "forgot_floor": self.tr("What does not divide is rounded down: an incomplete window is left out."),
            "forgot_stride": self.tr("That is what a stride of 1 would give."),
            "forgot_kernel": self.tr("That is without the size of the kernel."),
            "kept_size": self.tr("That is the size of the input."),
            "swapped_rows_and_columns": swapped,
            "swapped_row_and_column": swapped,
            "end_not_included": self.tr("The row at the upper limit itself is not read any more."),
            "floored_end": self.tr("The upper limit is rounded up, so that no row is left out."),
            "counted_from_one": self.tr("Counting begins at 0."),
            "forgot_jump": self.tr("Neighbouring cells lie several pixels of the image apart: multiply by that."),
            "took_kernel": self.tr("That is what it sees of the layer before, not of the image."),
            "took_this_stride": self.tr("This layer's own stride matters only to the layers behind it."),
            "forgot_minus_one": self.tr("The first cell of the kernel adds nothing new: K − 1."),
            "forgot_before": self.tr("A value before this layer sees more than one pixel already."),
            "forgot_border": self.tr("At this place fewer windows reach the cell: think of the border and the stride."),
            "counted_one_side": self.tr("Rows and columns both count: multiply them."),
            "channels_last": self.tr("PyTorch writes one whole channel, then the next."),
            "place_in_window": self.tr("That is the place in the window, not in the map."),
        }

    def _of_counts(self) -> dict[str, str]:
        return {
            "forgot_channels": self.tr("That is without the channels."),
            "forgot_bias": self.tr("That is without the bias."),
            "added_bias": self.tr("This layer has no bias."),
            "one_bias": self.tr("There is not one bias for all, but one for each output."),
            "bias_of_inputs": self.tr("The biases belong to the outputs, not to the inputs."),
            "counted_statistics": self.tr("Running mean and variance are kept, but not learned."),
            "counted_places": self.tr("All places share the same parameters: they are counted once."),
            "forgot_groups": self.tr("In groups, a kernel reads only the channels of its own group."),
            "forgot_outputs": self.tr("That is for a single output channel."),
            "added_sizes": self.tr("Every output is joined to every input: multiply, do not add."),
            "counted_bias": self.tr("Adding the bias is not counted: it multiplies nothing."),
            "counted_weights": self.tr("Those are the parameters; each is used again at every place."),
            "took_input_places": self.tr("The places of the output count, not those of the input."),
            "added_like_shortcut": self.tr("Channels are put behind one another, not added value by value."),
            "multiplied": self.tr("Nothing is multiplied here."),
        }

    def _of_values(self) -> dict[str, str]:
        return {
            "took_other_pooling": self.tr("That is what another kind of pooling would choose."),
            "took_padding": self.tr("Padding is never selected."),
            "compared_sizes": self.tr("The sign counts: compare the values, not their absolute values."),
            "took_sum": self.tr("That is the sum of the values."),
            "divided_by_window": self.tr("Padding does not count here: divide by the cells inside the map."),
            "divided_by_side": self.tr("Divide by the number of cells, not by one side of the window."),
            "in_percent": self.tr("That is in percent: type a share from 0 to 1, or add %."),
            "took_logarithm": self.tr("That is the logarithm itself."),
            "wrong_sign": self.tr("The sign is the other way round."),
            "forgot_relu": self.tr("ReLU lets no negative value through."),
            "zeroed_positive": self.tr("ReLU changes negative values only."),
            "took_size": self.tr("ReLU does not turn the sign."),
            "scaled_when_predicting": self.tr("Values are scaled in training only; while predicting, dropout is off."),
            "shrunk_when_predicting": self.tr("PyTorch scales in training already; while predicting, dropout is off."),
            "dropped": self.tr("It is not dropped here."),
            "forgot_scaling": self.tr("What is kept is divided by 1 − p."),
            "divided_by_p": self.tr("Divide by the probability of being kept, 1 − p."),
            "multiplied_instead": self.tr("Divide here, do not multiply."),
            "forgot_weight": self.tr("That is without γ."),
            "forgot_mean": self.tr("That is without subtracting the mean."),
            "divided_by_variance": self.tr("Divide by the standard deviation, not by the variance."),
            "forgot_deviation": self.tr("That is without dividing by the standard deviation."),
            "subtracted_bias": self.tr("The bias is added, not subtracted."),
            "took_exponential": self.tr("That is the exponential: divide it by the sum."),
            "upside_down": self.tr("The other way round: the exponential divided by the sum."),
            "left_itself_out": self.tr("The sum contains the class's own exponential as well."),
            "forgot_shift": self.tr("That is without m, the largest score."),
            "forgot_sum": self.tr("That is without the logarithm of the sum."),
            "added_logarithm": self.tr("The logarithm of the sum is subtracted."),
            "forgot_logarithm": self.tr("That is the probability; its logarithm is asked for."),
            "took_probability": self.tr("That is a probability; the loss is its negative logarithm."),
            "took_other_operator": self.tr("That is another operation of arithmetic."),
        }
