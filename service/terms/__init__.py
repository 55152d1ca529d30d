"""Terms: what stayed unresolved, counted while requests are answered (``counting``), and what people decide that it means.

A term is a field and a folded text; all spellings that fold alike are one. Decisions (``decisions``) are laid over the registry in every
process as soon as it hears of them (``live``), with the method ``override`` in answers; ``exchange`` brings them in and out as CSV, and
``patch`` as labels for a locale file.
"""
