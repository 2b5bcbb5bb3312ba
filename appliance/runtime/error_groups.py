"""What is in an exception group. Trio puts one around every error that leaves a nursery, and groups nest."""

from collections.abc import Iterator


def leaves(error: BaseException) -> Iterator[BaseException]:
    """Yields the errors in a group, and in the groups in it; an error that is no group by itself."""
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from leaves(part)
    else:
        yield error


def first(error: BaseException) -> BaseException:
    """Returns the first error in a group."""
    return next(leaves(error))


def plain(error: BaseException) -> str:
    """Returns what went wrong as one line, without the groups that trio may have put around it."""
    return "; ".join(str(leaf) or type(leaf).__name__ for leaf in leaves(error))


def all_of(error: BaseException, kinds: tuple[type[Exception], ...]) -> bool:
    """Returns whether every error in a group is one of `kinds`."""
    return all(isinstance(leaf, kinds) for leaf in leaves(error))
