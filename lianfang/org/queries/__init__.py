"""Reads of an organisation, as what pages and other rooms need."""

from lianfang.org.queries.standing import organisation_id_of, standing_of
from lianfang.org.queries.structure import structure_around, structure_of

__all__ = ["organisation_id_of", "standing_of", "structure_around", "structure_of"]
