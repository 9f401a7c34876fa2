"""What the routes of transcripts, scorecards and evaluations are given."""

from typing import Any

from entrypoints.wiring.container import Container


def used_by_quality(container: Container) -> dict[str, Any]:
    quality = container.call_quality
    return {
        "quality_views": quality.views(),
        "add_lines": quality.add_lines(),
        "add_scorecard": quality.add_scorecard(),
        "change_scorecard": quality.change_scorecard(),
        "activate_scorecard": quality.activate_scorecard(),
        "retire_scorecard": quality.retire_scorecard(),
        "start_evaluation": quality.start_evaluation(),
        "save_answers": quality.save_answers(),
        "submit_evaluation": quality.submit_evaluation(),
        "dispute_evaluation": quality.dispute_evaluation(),
        "take_up_dispute": quality.take_up_dispute(),
        "settle_dispute": quality.settle_dispute(),
        "choose_calls": quality.choose_calls(),
        "compare_reviewers": quality.compare_reviewers(),
    }
