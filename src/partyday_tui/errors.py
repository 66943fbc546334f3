"""Errors that carry one Chinese sentence for the user, and nothing else."""


class PartydayError(Exception):
    """A refusal or failure told to the user in one sentence that ends with the next step.

    ``exit_code`` is what the command line returns: 1, the program or the machine failed.
    """

    exit_code = 1

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UserMistake(PartydayError):
    """What was asked for cannot be done as asked; the sentence says how to ask. Exit code 2."""

    exit_code = 2
