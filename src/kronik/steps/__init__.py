"""The steps of the pipeline, one file each: ``(Doc, Kit)`` in, one new layer of the ``Doc`` out.

No step looks at a sibling or rewrites another's layer; ``pipeline`` alone puts layers in place.
"""
