"""pytest plugin (`-p tests.rastreio`): a mark with a clause that does not exist stops the collection, in words."""

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    # Imported here: a plugin is loaded before coverage starts to measure what it imports.
    from contratos.domain.clausulas import clausula
    from portal.kernel.errors import DomainError

    for mark in metafunc.definition.iter_markers("clausula"):
        for numero in mark.args or [""]:
            try:
                clausula(numero, **mark.kwargs)
            except DomainError as error:
                pytest.fail(f"{metafunc.definition.nodeid}: {error.detail}", pytrace=False)
