"""Who stands on one side of an act, or speaks."""

from __future__ import annotations

from kronik.types import Actor, Doc, Party


def actor_of(doc: Doc, party: Party) -> Actor | None:
    """The resolved actor of a party, else one that carries the words that name it.

    A clitic or pronoun is named by its antecedent. None where the text names nobody: a silent
    subject, or a pronoun that could not be resolved.
    """
    where = party.named_at
    if where is None:
        return None
    mention = doc.mention_at(where)
    if mention and (mention.actor or mention.pronoun):
        return mention.actor
    return Actor(id=None, name=where.of(doc.text))
