"""What is promised about data sources, broken behind the program's back."""

from uuid import UUID

from adapters.schema.data_sources import data_source_files, data_sources
from tests.contract.sabotages import Saboteur, breaks

SOURCE = UUID("016f5e66-e800-7000-8000-0000000050ce")


def forge_source(saboteur: Saboteur, **values: object) -> object:
    saboteur.insert(
        data_sources,
        id=SOURCE,
        version=1,
        name="Forged",
        kind="csv",
        connection={},
        tags=[],
        health="unknown",
        **values,
    )
    return SOURCE


@breaks("data_sources_come_due")
def a_source_that_is_never_due(saboteur: Saboteur) -> object:
    return forge_source(saboteur, state="draft", schedule={})


@breaks("data_sources_were_reached")
def a_source_that_nobody_asked(saboteur: Saboteur) -> object:
    return forge_source(saboteur, state="active")


@breaks("data_source_files_are_whole")
def a_file_without_its_beginning(saboteur: Saboteur) -> object:
    forge_source(saboteur, state="draft")
    saboteur.insert(
        data_source_files, data_source_id=SOURCE, number=1, tag="0" * 64, size=10, content={}
    )
    return SOURCE
