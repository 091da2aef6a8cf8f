"""An example of a module."""


def answer(question: str) -> str:
    """The answer to a question.

    Args:
        question: What is asked.

    Returns:
        What is answered.
    """
    return question[::-1]
