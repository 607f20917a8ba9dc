"""Builds the tables of ``kronik.known`` from public data and from what stands in ``authored/``.

python -m train.known.build     writes src/kronik/known/data/*.tsv
python -m train.known.check     validates them
python -m train.known.measure   how far they agree with the annotated articles
"""
