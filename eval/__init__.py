"""Measuring Kronik: public sets, scores, the gate and the bench. See ``docs/evaluation.md``."""
