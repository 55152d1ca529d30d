"""Layers: labels that whoever runs drets adds to its vocabularies, from official SKOS files or lists of their own."""

from normalizers.layers.drafting import Draft, DraftConcept, LeftOut, draft_layer, find_target
from normalizers.layers.loader import FOLDER, load_layers, parse_layer
from normalizers.layers.marking import LayerMarks
from normalizers.layers.merging import Clash, add_layers, find_clashes, new_labels
from normalizers.layers.model import Layer, LayerConcept, LayerLabel, Match
from normalizers.layers.skos import SkosConcept, SkosLabel, SkosScheme, SkosSyntaxError, read_skos
from normalizers.layers.targets import TARGETS
from normalizers.layers.writing import write_layer

__all__ = [
    "FOLDER",
    "TARGETS",
    "Clash",
    "Draft",
    "DraftConcept",
    "Layer",
    "LayerConcept",
    "LayerLabel",
    "LayerMarks",
    "LeftOut",
    "Match",
    "SkosConcept",
    "SkosLabel",
    "SkosScheme",
    "SkosSyntaxError",
    "add_layers",
    "draft_layer",
    "find_clashes",
    "find_target",
    "load_layers",
    "new_labels",
    "parse_layer",
    "read_skos",
    "write_layer",
]
