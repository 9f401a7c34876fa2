"""Find out by itself how good a call was: what was felt, said and left out."""

import attrs

from application.calls.listening import Impression, Listening
from application.calls.quality_ports import Conversations, QualityWork
from application.kernel.ports import Clock, UnitOfWork
from domain.calls.automatic import assessed
from domain.calls.quality import mood_of, rated
from domain.calls.rules import Conversation, Standards
from domain.calls.utterances import FeltBy
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId


@attrs.frozen(kw_only=True)
class ScoreCall:
    actor: Actor
    call_id: CallId


@attrs.frozen(kw_only=True)
class ScoreCallHandler:
    """Done again, it changes nothing unless the call has."""

    conversations: Conversations
    listening: Listening
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock
    standards: Standards = attrs.field(factory=Standards)

    async def __call__(self, command: ScoreCall, /) -> bool:
        """Whether anything is known now that was not."""
        conversation = await self.conversations.of(command.actor, command.call_id)
        if conversation is None or not conversation.utterances:
            return False
        impression = await self.listening(conversation.utterances)
        assessment = assessed(_felt(conversation, impression), self.standards)

        def keep(work: QualityWork) -> bool:
            now = self.clock()
            call = work.calls.locked(command.call_id)
            before = work.qualities.of(command.call_id)
            quality = before.found(
                assessment,
                listener=impression.listener,
                fell_back=impression.fell_back,
                summary=impression.summary,
                now=now,
            )
            if quality == before:
                return False
            work.facts.publish(mood_of(call, quality, now=now))
            work.calls.save(rated(call, quality, now=now))
            work.qualities.save(quality)
            return True

        return await self.unit_of_work(command.actor, keep)


def _felt(conversation: Conversation, impression: Impression) -> Conversation:
    """Whoever wrote a line down knows best; a list of words knows least."""
    utterances = tuple(
        one
        if one.felt_by is FeltBy.GIVEN and one.sentiment is not None
        else attrs.evolve(one, sentiment=impression.sentiments.get(one.line, one.sentiment))
        for one in conversation.utterances
    )
    return attrs.evolve(conversation, utterances=utterances)
